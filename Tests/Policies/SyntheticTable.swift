import Effects
import Experiments
import Policies
import Statistics

/// A seeded table whose effects, scores and outcomes are mere random numbers of plausible size: what the sums are held to
/// does not depend on what they mean.
struct SyntheticTable {
    let space: PolicySpace
    let table: PolicyTable
    let propensities: [Float]
    let observed: [[Float]]

    /// Arms x outcomes, in units of the outcomes' scales.
    let armCosts: [[Float]]

    init(
        units: Int, arms: Int = 3, outcomes: Int = 3, seed: UInt64 = 1, constantShares: Bool = true,
        armCosts: [[Float]]? = nil
    ) {
        var stream = RandomStream(seed: seed)
        func column(_ scale: Double) -> [Float] { (0..<units).map { _ in Float(scale * stream.normal()) } }
        let assignment = (0..<units).map { _ in UInt8(stream.index(below: arms)) }
        let propensities = (0..<units).map { _ in
            constantShares ? Float(1 / Double(arms)) : Float(stream.uniform(in: 0.1...0.6))
        }
        let effects = EffectEstimates(
            armCount: arms, outcomeCount: outcomes,
            columns: (0..<(arms - 1) * outcomes).map { _ in column(0.2) })
        let scores = ScoreTable(
            control: (0..<outcomes).map { _ in column(0.5) }, contrasts: effects,
            residuals: (0..<outcomes).map { _ in column(2) })
        self.armCosts = armCosts ?? Array(repeating: Array(repeating: 0, count: outcomes), count: arms)
        observed = (0..<outcomes).map { _ in column(1) }
        self.propensities = propensities
        table = PolicyTable(
            effects: effects, scores: scores, observed: observed,
            armCosts: self.armCosts, assignment: assignment, observedPropensity: propensities, tuneCount: units * 7 / 10
        )
        var described: [PolicySpace.Outcome] = []
        for j in 0..<outcomes {
            let offset = Double(j)
            described.append(
                PolicySpace.Outcome(
                    name: "y\(j)", direction: j == 2 ? .minimize : .maximize,
                    threshold: j == 1 ? .relative(-0.02) : nil, centre: 3 + offset, scale: 0.5 + offset))
        }
        var averages = [[Double]](repeating: Array(repeating: 0, count: outcomes), count: arms)
        for arm in 1..<arms {
            for j in 0..<outcomes { averages[arm][j] = 0.05 * Double(arm) - 0.03 * Double(j) }
        }
        space = PolicySpace(
            arms: (0..<arms).map { "arm\($0)" }, outcomes: described, averageEffects: averages,
            controlMeans: described.map { $0.centre })
    }

    /// Random knobs within their tracks.
    func knobs(_ stream: inout RandomStream) -> PolicyKnobs {
        let grids = ParameterGrids(table: table, space: space)
        var knobs = PolicyKnobs.start(in: space)
        for knob in Knob.all(in: space) {
            let values = grids[knob].values
            knobs[knob] = values[stream.index(below: values.count)]
        }
        return knobs
    }
}
