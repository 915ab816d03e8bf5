import Experiments
import Policies
import Runtime
import Statistics
import Testing

@Suite struct SensitivityTests {
    private let synthetic = SyntheticTable(units: 3_000, arms: 4, outcomes: 3, seed: 21)

    private func evaluator() throws -> PolicyEvaluator {
        try PolicyEvaluator(space: synthetic.space, table: synthetic.table, workers: Workers(count: 1))
    }

    private func differing(_ a: PolicyKnobs, _ b: PolicyKnobs, _ evaluator: PolicyEvaluator) -> Int {
        let space = evaluator.space
        return zip(
            evaluator.choice(of: LinearPolicy(a, in: space)), evaluator.choice(of: LinearPolicy(b, in: space))
        ).count { $0 != $1 }
    }

    /// Just inside the range at most the allowed units change arm, just outside more do, for every kind of knob; zero percent
    /// is the range of the very same assignment.
    @Test(arguments: [0, 0.01, 0.2]) func rangesAreExact(share: Double) throws {
        let evaluator = try evaluator()
        let grids = ParameterGrids(table: synthetic.table, space: synthetic.space)
        var stream = RandomStream(seed: 5)
        let allowed = Int((share * Double(evaluator.units.count)).rounded(.down))
        for _ in 0..<6 {
            let knobs = synthetic.knobs(&stream)
            let sensitivity = try Sensitivity(
                of: knobs, allowedShare: share, evaluator: evaluator, grids: grids)
            #expect(sensitivity.parameters.map(\.knob) == Knob.all(in: synthetic.space))
            for parameter in sensitivity.parameters {
                #expect(parameter.low <= parameter.value && parameter.value <= parameter.high)
                for (end, outwards) in [(parameter.low, -1.0), (parameter.high, 1.0)] where end.isFinite {
                    let nudge = 1e-7 * max(grids.unit(of: parameter.knob), abs(end))
                    var inside = knobs
                    inside[parameter.knob] = end - outwards * nudge
                    if (inside[parameter.knob] - parameter.value) * outwards > 0 {
                        #expect(differing(knobs, inside, evaluator) <= allowed)
                    }
                    if case .shrinkage = parameter.knob, end == 0 || end == 1 { continue }
                    var outside = knobs
                    outside[parameter.knob] = end + outwards * nudge
                    #expect(differing(knobs, outside, evaluator) > allowed)
                }
            }
        }
    }

    /// One percent of a knob against the two policies evaluated one by one.
    @Test func changesAreCentralDifferences() throws {
        let evaluator = try evaluator()
        let grids = ParameterGrids(table: synthetic.table, space: synthetic.space)
        var knobs = PolicyKnobs.start(in: synthetic.space)
        knobs.weights[1] = 0.5
        knobs.biases[2] = 0.1
        knobs.shrinkage[0] = 0.3
        let sensitivity = try Sensitivity(of: knobs, allowedShare: 0.01, evaluator: evaluator, grids: grids)
        for parameter in sensitivity.parameters {
            let isZero = knobs[parameter.knob] == 0
            #expect(parameter.isOfUnit == isZero)
            #expect(
                abs(parameter.step - 0.01 * (isZero ? grids.unit(of: parameter.knob) : abs(parameter.value))) < 1e-15)
            var up = knobs
            var down = knobs
            up[parameter.knob] = parameter.value + parameter.step
            let isAtEnd = if case .shrinkage = parameter.knob { isZero } else { false }
            if !isAtEnd { down[parameter.knob] = parameter.value - parameter.step }
            let divisor = isAtEnd ? 1.0 : 2
            let changes = try #require(parameter.changes)
            for j in 0..<3 {
                let high = try #require(evaluator.evaluate(up).outcomes[j].value)
                let low = try #require(evaluator.evaluate(down).outcomes[j].value)
                #expect(abs(changes[j].value - (high - low) / divisor) < 1e-6)
                #expect(changes[j].standardError ?? -1 >= 0)
            }
            let moved = Double(differing(up, down, evaluator)) / divisor / Double(evaluator.units.count)
            #expect(abs(parameter.changedShare - moved) < 1e-12)
            #expect(parameter.profile.grid == grids[parameter.knob].values)
        }
    }

    /// Of all positions the one found keeps most units, by trying every stretch between breakpoints.
    @Test func bestPositionKeepsMost() {
        var stream = RandomStream(seed: 2)
        for _ in 0..<500 {
            let count = 1 + stream.index(below: 12)
            var low: [Double] = []
            var high: [Double] = []
            for _ in 0..<count {
                // Integers, so that ends coincide; some empty, some without an end.
                let a = Double(stream.index(below: 9)) - 4
                let b = Double(stream.index(below: 9)) - 4
                low.append(stream.bernoulli(0.1) ? -.infinity : a)
                high.append(stream.bernoulli(0.1) ? .infinity : b)
            }
            func agreeing(_ s: Double) -> Int { zip(low, high).count { $0 < s && s < $1 } }
            let most = (0..<20).map { agreeing(0.25 + 0.5 * Double($0)) }.max() ?? 0
            let found = AgreementIntervals(low: low, high: high).best(from: 0)
            #expect(found.agreeing == most)
            if most > 0 { #expect(agreeing(found.position) == most && found.position > 0) }
        }
    }
}
