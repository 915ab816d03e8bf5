import Experiments
import Runtime
import Statistics

/// What decides how much an experiment can show of one outcome.
package struct ExperimentSize: Sendable, Equatable, Codable {
    /// Tune units, on which everything but a policy's last word is estimated.
    package let units: Int
    /// Units of the confirm split.
    package let confirmUnits: Int
    package let folds: Int
    /// Planned share of each arm, control first; they sum to 1.
    package let shares: [Double]
    /// Features the covariates make: one per number, one per level of a category.
    package let covariates: Int
    /// Standard deviation of the outcome inside an arm, in the outcome's unit.
    package let noise: Double

    /// - Throws: `EspalierError` (.usage) for sizes that are no experiment.
    package init(
        units: Int, shares: [Double], covariates: Int, noise: Double, confirmUnits: Int = 0,
        folds: Int = SplitSpec().folds
    ) throws {
        guard units >= 4 else {
            throw EspalierError(.usage, "\(units) units are no experiment", remedy: "give at least 4")
        }
        guard shares.count >= 2, shares.allSatisfy({ $0 > 0 }) else {
            throw EspalierError(
                .usage, "\(shares.count) arms are no experiment", remedy: "give 2 or more, control included")
        }
        guard covariates >= 0, noise > 0, noise.isFinite else {
            throw EspalierError(
                .usage, "the noise \(noise) is not a standard deviation", remedy: "give a number above 0")
        }
        let total = shares.reduce(0, +)
        self.units = units
        self.confirmUnits = max(0, confirmUnits)
        self.folds = folds
        self.shares = shares.map { $0 / total }
        self.covariates = covariates
        self.noise = noise
    }

    /// Of an experiment that was run; the noise is that of control on tune.
    /// - Throws: `EspalierError` (.data) where the outcome is constant.
    package init(_ experiment: Experiment, outcome: Int) throws {
        let column = experiment.outcomes[outcome].observed
        var moments = Moments()
        for unit in experiment.tune where experiment.assignment[unit] == 0 { moments.add(Double(column.values[unit])) }
        guard moments.standardDeviation > 0 else {
            throw EspalierError(
                .data, "\(experiment.outcomes[outcome].name) is the same for every unit of control",
                remedy: "leave the outcome out")
        }
        let shares: [Double] =
            switch experiment.propensity {
            case .shares(let shares): shares
            case .columns(let columns):
                columns.map { $0.reduce(0.0) { $0 + Double($1) } / Double(max(1, $0.count)) }
            }
        try self.init(
            units: experiment.tuneCount, shares: shares,
            covariates: FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune).width,
            noise: moments.standardDeviation * column.scale, confirmUnits: experiment.confirm.count,
            folds: experiment.splitRule.foldCount)
    }

    /// The variance of one unit's share in an effect, noise^2 (1/e_0 + 1/e_i), for the smallest arm.
    package var unitVariance: Double {
        let smallest = shares.dropFirst().min() ?? shares[0]
        return noise * noise * (1 / shares[0] + 1 / smallest)
    }

    /// Of the smallest arm's average effect.
    var standardError: Double { (unitVariance / Double(units)).squareRoot() }

    /// Of the average effect of an arm of a share, over so many units.
    func standardError(share: Double, units: Int) -> Double {
        noise * ((1 / shares[0] + 1 / share) / Double(units)).squareRoot()
    }

    /// The blocks that the test of heterogeneity takes the folds for.
    var testBlocks: Int { min(folds, HeterogeneityTest.maximumBlocks) }
}
