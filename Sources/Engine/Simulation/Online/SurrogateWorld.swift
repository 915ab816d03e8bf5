import Effects
import Experiments
import Statistics

/// Two surrogates that carry what an arm does to a long-term outcome, all of it or all but a part (METHODS 8.7).
struct SurrogateWorld {
    /// What an arm does to the long-term outcome besides what the surrogates carry, in its unit.
    var direct = 0.0

    private static let slopes = [0.6, 0.3]
    /// What the arm does to the surrogates.
    private static let shifts = [0.3, -0.1]

    /// Of the arm on the long-term outcome.
    var effect: Double { zip(Self.slopes, Self.shifts).reduce(direct) { $0 + $1.0 * $1.1 } }

    /// Standard deviation of the long-term outcome within an arm.
    static let spread = (slopes.reduce(1.0) { $0 + $1 * $1 }).squareRoot()

    /// Surrogates of a unit.
    private static func surrogates(_ arm: Int, _ stream: inout RandomStream) -> [Double] {
        shifts.map { Double(arm) * $0 + stream.normal() }
    }

    /// Units of whom everything is known.
    /// - Parameter hasArms: whether they are those of a past experiment, of two arms alike.
    func history(_ count: Int, hasArms: Bool, _ stream: inout RandomStream) -> SurrogateHistory {
        var columns: [[Double]] = [[], []]
        var (outcome, arms): ([Double], [Int]) = ([], [])
        for unit in 0..<count {
            let arm = hasArms ? unit % 2 : 0
            let own = Self.surrogates(arm, &stream)
            for (index, value) in own.enumerated() { columns[index].append(value) }
            let level = zip(Self.slopes, own).reduce(0.5 + direct * Double(arm)) { $0 + $1.0 * $1.1 }
            outcome.append(level + stream.normal())
            arms.append(arm)
        }
        return SurrogateHistory(
            names: ["s0", "s1"], columns: columns, outcome: outcome, armNames: hasArms ? ["off", "on"] : [],
            arms: hasArms ? arms : [])
    }

    /// An experiment with the index as its outcome: half of the units in either arm.
    func experiment(_ count: Int, _ index: SurrogateIndex, _ stream: inout RandomStream) -> Experiment {
        let assignment = (0..<count).map { UInt8($0 % 2) }
        var columns: [[Double]] = [[], []]
        for arm in assignment {
            for (index, value) in Self.surrogates(Int(arm), &stream).enumerated() { columns[index].append(value) }
        }
        let outcome = Outcome(
            name: "later", direction: .maximize, threshold: nil, armCosts: [],
            observed: ScaledColumn(index.rule.values(columns)),
            indexError: IndexError(
                index.rule, columns: columns, assignment: assignment, armCount: 2, weights: nil, units: 0..<count))
        return Experiment(
            spec: ExperimentSpec(
                name: "surrogates", data: "", unit: .row, treatment: TreatmentSpec(column: "t", control: "off"),
                outcomes: [OutcomeSpec(name: "later", direction: .maximize)], covariates: []),
            arms: ["off", "on"], outcomes: [outcome], covariates: [],
            units: Units(keys: assignment.indices.map(UInt64.init), rows: assignment.indices.map { UInt32($0 + 1) }),
            assignment: assignment, propensity: .shares([0.5, 0.5]),
            splitRule: SplitRule(seed: 1, confirmShare: 0, foldCount: 2), tuneCount: count, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}

extension OnlineCoverage {
    /// A history of 400 units and 4,000 in the experiment: the coefficients' error is a good part of the whole.
    static func surrogate(_ stream: inout RandomStream) throws -> Bool? {
        let world = SurrogateWorld()
        let index = try SurrogateIndex(world.history(400, hasArms: false, &stream), file: "")
        let experiment = world.experiment(4_000, index, &stream)
        let found = AverageEffect.estimate(experiment, over: experiment.tune)[0].difference
        return found.low <= world.effect && world.effect <= found.high
    }

    /// A past experiment of 6,000 units, the check at its size of .05.
    /// - Parameter direct: in standard deviations of the long-term outcome.
    /// - Returns: whether the check refuses the index.
    static func refuses(_ stream: inout RandomStream, direct: Double) throws -> Bool? {
        var world = SurrogateWorld()
        world.direct = direct * SurrogateWorld.spread
        let history = world.history(6_000, hasArms: true, &stream)
        return SurrogateCheck.examine(try SurrogateIndex(history, file: ""), history).first?.isRefused
    }
}
