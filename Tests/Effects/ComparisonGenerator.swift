import Experiments
import Runtime
import Statistics

/// The generator behind the speed comparisons: X ~ N(0,1)^20, W ~ Bernoulli(1/2), tau = x0 + 0.5 [x1 > 0] -
/// 0.5 x2 [x3 > 0], Y = x4 + 0.5 x5^2 + W tau + N(0,1). var(tau) = 1.19: the PEHE of a constant.
struct ComparisonGenerator {
    let experiment: Experiment
    let truth: [Double]

    /// - Parameter constant: an effect for everybody in place of tau.
    init(units: Int, covariates: Int = 20, constant: Double? = nil, seed: UInt64 = 1) {
        var stream = RandomStream(seed: seed)
        var columns = [[Float]](repeating: [Float](repeating: 0, count: units), count: covariates)
        for index in 0..<covariates {
            for unit in 0..<units { columns[index][unit] = Float(stream.normal()) }
        }
        var truth = [Double](repeating: 0, count: units)
        var values = [Double](repeating: 0, count: units)
        var assignment = [UInt8](repeating: 0, count: units)
        for unit in 0..<units {
            func x(_ index: Int) -> Double { Double(columns[index][unit]) }
            truth[unit] = constant ?? x(0) + (x(1) > 0 ? 0.5 : 0) - (x(3) > 0 ? 0.5 * x(2) : 0)
            assignment[unit] = stream.bernoulli(0.5) ? 1 : 0
            let treated = assignment[unit] == 1 ? truth[unit] : 0
            values[unit] = x(4) + 0.5 * x(5) * x(5) + treated + stream.normal()
        }
        let rule = SplitRule(seed: seed, confirmShare: 0, foldCount: 5)
        self.truth = truth
        experiment = Experiment(
            spec: ExperimentSpec(
                name: "comparison", data: "none", unit: .row,
                treatment: TreatmentSpec(column: "w", control: "0"),
                outcomes: [OutcomeSpec(name: "y", direction: .maximize)], covariates: []),
            arms: ["0", "1"],
            outcomes: [
                Outcome(
                    name: "y", direction: .maximize, threshold: nil, armCosts: [], observed: ScaledColumn(values))
            ],
            covariates: columns.enumerated().map {
                Covariate(name: "x\($0)", encoding: .numeric(centre: 0), values: $1)
            },
            units: Units(
                keys: (0..<UInt64(units)).map { StableHash.mix($0) }, rows: (0..<UInt32(units)).map { $0 + 1 }),
            assignment: assignment, propensity: .shares([0.5, 0.5]), splitRule: rule, tuneCount: units,
            suppliedEffects: [], dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }

    /// Mean square of an estimate's distance from the truth.
    func pehe(_ estimate: (Int) -> Double) -> Double {
        truth.indices.reduce(0) { $0 + (estimate($1) - truth[$1]) * (estimate($1) - truth[$1]) } / Double(truth.count)
    }
}
