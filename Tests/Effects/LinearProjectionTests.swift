import Effects
import Experiments
import Runtime
import Statistics
import Testing

/// Double machine learning's linear projection.
@Suite struct LinearProjectionTests {
    /// 95% intervals cover 95% +- 2 points over 1,000 simulated experiments (METHODS), for the projection of an effect that is
    /// no line: tau = 1 + x0 + x1^2/2, whose projection on standard normal covariates is 1.5 + x0.
    @Test(.enabled(if: Growing.isRelease)) func intervalsCover() throws {
        let replicates = 1_000
        let counts = try Workers().map(replicates) { index -> [Int] in
            let experiment = SimulatedExperiment(
                units: 600, covariates: 3, seed: UInt64(index + 1),
                effect: { _, x in 1 + Double(x[0]) + Double(x[1]) * Double(x[1]) / 2 }
            ).make()
            let nuisances = try Nuisances.fit(
                TrainingData(experiment), for: [], context: RunContext(workers: Workers(count: 1)))
            let projection = try #require(
                LinearProjection.estimate(
                    experiment, data: TrainingData(experiment), nuisances: nuisances, ContrastIndex(arm: 1, outcome: 0))
            )
            // The intercept is the projection at the sample's mean covariates.
            let centre = experiment.covariates[0].values.reduce(0.0) { $0 + Double($1) } / 600
            return zip(projection.rows, [1.5 + centre, 1, 0, 0]).map { $0.low <= $1 && $1 <= $0.high ? 1 : 0 }
        }
        for (index, name) in ["average", "x0", "x1", "x2"].enumerated() {
            let coverage = Double(counts.reduce(0) { $0 + $1[index] }) / Double(replicates)
            print("DML coverage of \(name): \(coverage)")
            #expect(abs(coverage - 0.95) <= 0.02)
        }
    }

    /// The solver against least squares on the written-out design, with the same robust errors.
    @Test func agreesWithLeastSquaresOnTheWholeDesign() throws {
        let experiment = SimulatedExperiment(
            units: 1_500, covariates: 3, shares: [2, 1], missing: 0.1, effect: { _, x in x[0].isNaN ? 0 : Double(x[0]) }
        ).make()
        let nuisances = try Nuisances.fit(TrainingData(experiment), for: [], context: RunContext())
        let projection = try #require(
            LinearProjection.estimate(
                experiment, data: TrainingData(experiment), nuisances: nuisances, ContrastIndex(arm: 1, outcome: 0)))
        let units = Array(experiment.tune)
        let treatment = units.map { (experiment.assignment[$0] == 1 ? 1 : 0) - 1.0 / 3 }
        let response = units.enumerated().map { row, unit -> Double in
            let (base, own) = (Double(nuisances.predictions[0][unit]), Double(nuisances.predictions[1][unit]))
            return Double(experiment.outcomes[0].observed.values[unit]) - (base * 2 / 3 + own / 3)
        }
        let regressors = experiment.covariates.flatMap { covariate -> [[Double]] in
            let known = units.map { covariate.values[$0] }.filter { !$0.isNaN }
            let mean = known.reduce(0.0) { $0 + Double($1) } / Double(known.count)
            return [
                units.map { covariate.values[$0].isNaN ? 0 : Double(covariate.values[$0]) - mean },
                units.map { covariate.values[$0].isNaN ? 1 : 0 },
            ]
        }
        let design = DenseMatrix(rowCount: units.count, columnCount: 7) { row, column in
            treatment[row] * (column == 0 ? 1 : regressors[column - 1][row])
        }
        let regression = try #require(LinearRegression(design, response))
        let scale = experiment.outcomes[0].observed.scale
        #expect(
            projection.rows.map(\.name) == [
                "average", "x0", "x0 missing", "x1", "x1 missing", "x2", "x2 missing",
            ])
        for (index, row) in projection.rows.enumerated() {
            #expect(abs(row.estimate - scale * regression.coefficients[index]) < 1e-6)
            #expect(abs(row.standardError - scale * regression.standardError(index)) < 1e-6)
        }
    }

    /// Levels of a categorical covariate sum to one and a copied column repeats another: neither breaks anything.
    @Test func dependentColumnsAreLeftOut() throws {
        let base = SimulatedExperiment(units: 1_000, covariates: 2, levels: 3).make()
        let copy = Covariate(name: "copy", encoding: .numeric(centre: 0), values: base.covariates[0].values)
        let experiment = base.replacing(covariates: base.covariates + [copy])
        let nuisances = try Nuisances.fit(TrainingData(experiment), for: [], context: RunContext())
        let projection = try #require(
            LinearProjection.estimate(
                experiment, data: TrainingData(experiment), nuisances: nuisances, ContrastIndex(arm: 1, outcome: 0)))
        #expect(projection.rows.map(\.name) == ["average", "x0", "x1", "x2 = level0", "x2 = level1"])
    }
}
