import Foundation
import Ranking
import Runtime
import Statistics
import Testing

/// What S4's seed asks of an implementation, and the prototype's numbers.
@Suite struct DirectRankingTests {
    private func arms(_ golden: DirectGolden) -> SelectionArms {
        SelectionArms(
            features: golden.features, treated: golden.w.map { $0 == 1 }, outcomes: [golden.value, golden.cost])
    }

    private func network(_ hidden: Int, features: Int = 3) -> ScoreNetwork {
        hidden == 0 ? .linear(features: features) : .hidden(features: features, units: hidden)
    }

    private func gradient(_ effects: SelectionEffects, _ slopes: [Double]) -> [Double] {
        effects.gradients[0].indices.map { index in
            zip(slopes, effects.gradients).reduce(0) { $0 + $1.0 * $1.1[index] }
        }
    }

    @Test func agreesWithThePrototype() throws {
        let golden = try DirectGolden.read()
        for example in golden.cases {
            let gate = example.gate.map { SelectionGate.quantile(share: $0.q, temperature: $0.temperature) } ?? .softmax
            let effects = try SelectionEffects(
                arms(golden), network: network(example.hidden), gate: gate, parameters: example.theta)
            let objective = AggregateObjective(example.mode == "softplus" ? .softplus : .ratio(floor: example.eps ?? 0))
            let (value, slopes) = objective.evaluate(effects.effects)
            #expect(abs(effects.effects[0] - example.valueEffect) < 1e-9)
            #expect(abs(effects.effects[1] - example.costEffect) < 1e-9)
            #expect(abs(value - example.objective) < 1e-9 * max(1, abs(example.objective)))
            for (own, expected) in zip(gradient(effects, slopes), example.gradient) {
                #expect(abs(own - expected) < 1e-9 * max(1, abs(expected)))
            }
        }
        #expect(golden.cases.count == 6)
    }

    private func made(_ units: Int, weighted: Bool) -> SelectionArms {
        let trial = RankingTrial(units: units, seed: 3)
        let propensity = trial.treated.indices.map { 0.3 + 0.4 / (1 + exp(trial.features[$0, 0])) }
        return SelectionArms(
            features: trial.features, treated: trial.treated, propensity: weighted ? propensity : nil,
            outcomes: [trial.value, trial.cost])
    }

    /// Counts around the kernel's lanes and chunks, large scores included.
    @Test(arguments: [5, 8, 511, 1_037]) func kernelIsItsReference(rows: Int) throws {
        for weighted in [false, true] {
            let arms = made(2_400, weighted: weighted)
            for scale in [0.1, 1, 30] {
                let parameters = [0.5, -0.3, 0.2, 1].map { $0 * scale }
                let kernel = arms.kernelSums(arm: 1, rows: 3..<3 + rows, parameters: parameters)
                let reference = arms.referenceSums(
                    arm: 1, rows: 3..<3 + rows, network: .linear(features: 4), gate: .softmax, threshold: 0,
                    parameters: parameters)
                for (own, plain) in zip(kernel, reference) { #expect(abs(own - plain) < 1e-11 * Double(rows) * 20) }
            }
        }
    }

    /// Selection weights sum to 1 in each arm: an outcome of 1 has the mean 1 in both and the effect 0; one that is the arm has
    /// the effect 1.
    @Test func selectionWeightsSumToOne() throws {
        let trial = RankingTrial(units: 700, seed: 5)
        let arms = SelectionArms(
            features: trial.features, treated: trial.treated,
            outcomes: [trial.treated.map { _ in 1 }, trial.treated.map { $0 ? 1 : 0 }])
        let gates: [SelectionGate] = [
            .softmax, .quantile(share: 0.3, temperature: 4), .straightThrough(share: 0.3, temperature: 4),
        ]
        for gate in gates {
            for hidden in [0, 3] {
                let network = network(hidden, features: 4)
                let effects = try SelectionEffects(
                    arms, network: network, gate: gate, parameters: network.initialParameters(seed: 1))
                #expect(abs(effects.effects[0]) < 1e-12 && abs(effects.effects[1] - 1) < 1e-12)
                #expect(effects.gradients.joined().allSatisfy { abs($0) < 1e-12 })
            }
        }
    }

    /// Central differences, with the quantile's threshold held where the gradient is taken.
    @Test(arguments: [0, 3]) func gradientsAreDerivatives(hidden: Int) throws {
        let arms = made(600, weighted: true)
        let network = network(hidden, features: 4)
        let parameters = network.initialParameters(seed: 4).map { $0 * 8 }
        let effects = try SelectionEffects(arms, network: network, gate: .softmax, parameters: parameters)
        let step = 1e-5
        for index in parameters.indices {
            let moved = try [-step, step].map { move in
                var changed = parameters
                changed[index] += move
                return try SelectionEffects(arms, network: network, gate: .softmax, parameters: changed).effects
            }
            for outcome in 0..<2 {
                let slope = (moved[1][outcome] - moved[0][outcome]) / (2 * step)
                #expect(abs(slope - effects.gradients[outcome][index]) < 1e-7)
            }
        }
    }

    @Test func objectivesAndBarrierAreDifferentiatedRightly() {
        let objectives = [
            AggregateObjective(), AggregateObjective(weights: [1, -1, 0.5, -0.2]),
            AggregateObjective(.ratio(floor: 0.001)),
        ]
        for objective in objectives {
            let effects = [0.4, 0.3, -0.2, 1.1].prefix(objective.weights.count)
            for index in effects.indices {
                let moved = [-1e-6, 1e-6].map { move -> Double in
                    var changed = Array(effects)
                    changed[index] += move
                    return objective.evaluate(changed).value
                }
                let slope = objective.evaluate(Array(effects)).slopes[index]
                #expect(abs((moved[1] - moved[0]) / 2e-6 - slope) < 1e-6)
            }
        }
        let budget = CostBudget(share: 0.4, budget: 2)
        for effect in [0.1, 4.9, 5, 7] {
            let moved = [-1e-6, 1e-6].map { budget.evaluate(costEffect: effect + $0, unit: 1).value }
            let slope = budget.evaluate(costEffect: effect, unit: 1).slope
            #expect(abs((moved[1] - moved[0]) / 2e-6 - slope) < 1e-3 * abs(slope))
            #expect(slope < 0)
        }
        #expect([0, 29, 30, 60].map { CostBudget.sharpness(step: $0) } == [1, 1, 0.5, 0.25])
    }

    /// Softplus of an effect that is next to nothing keeps its digits and its gradient a bound; the plain ratio's has none. Over
    /// scales from 1e-3 to 1e3 the ratio's gradient moves by the scale and explodes at a cost near 0.
    @Test func softplusBoundsWhatARatioDoesNot() {
        var largest = (softplus: 0.0, ratio: 0.0)
        for scale in [1e-3, 1e-2, 1, 1e2, 1e3] {
            for cost in [-0.5, -1e-6, 0, 1e-6, 1e-3, 0.5] {
                let effects = [0.7 * scale, cost * scale]
                let smooth = AggregateObjective().evaluate(effects)
                let plain = AggregateObjective(.ratio(floor: 1e-6)).evaluate(effects)
                #expect(smooth.value.isFinite)
                largest.softplus = max(largest.softplus, smooth.slopes.map(abs).max()!)
                largest.ratio = max(largest.ratio, plain.slopes.map(abs).max()!)
            }
        }
        // d log softplus / dx = sigmoid / softplus is at most 1.
        #expect(largest.softplus <= 1 + 1e-12 && largest.ratio > 1e5)
        #expect(abs(AggregateObjective().evaluate([-40, 0]).value - (-40 - log(log(2)))) < 1e-9)
    }

    /// Mini-batches see a softmax over fewer units: the mean of their gradients is not the full batch's, and the gap closes as
    /// batches grow. What is lost is small beside the noise of one batch.
    @Test func miniBatchesLoseLittle() throws {
        let trial = RankingTrial(units: 8_000, seed: 9)
        let parameters = [0.6, -0.4, 0.1, 0.2]
        let outcomes = [trial.value, trial.cost]
        func batch(_ units: Range<Int>) throws -> [Double] {
            let rows = Array(units)
            let arms = SelectionArms(
                features: trial.features.rows(rows), treated: rows.map { trial.treated[$0] },
                outcomes: outcomes.map { outcome in rows.map { outcome[$0] } })
            let effects = try SelectionEffects(
                arms, network: .linear(features: 4), gate: .softmax, parameters: parameters)
            return gradient(effects, AggregateObjective().evaluate(effects.effects).slopes)
        }
        func gap(_ size: Int) throws -> (mean: Double, one: Double) {
            let full = try batch(0..<8_000)
            let all = try stride(from: 0, to: 8_000, by: size).map { try batch($0..<$0 + size) }
            func distance(_ other: [Double]) -> Double {
                zip(full, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            }
            let mean = full.indices.map { index in all.reduce(0) { $0 + $1[index] } / Double(all.count) }
            return (distance(mean), all.map(distance).reduce(0, +) / Double(all.count))
        }
        let (small, large) = (try gap(100), try gap(2_000))
        #expect(small.mean > 2 * large.mean)
        #expect(small.mean < 0.5 * small.one)
    }

    /// Stop-gradient and straight-through gates select the same units at a high temperature; at a low one the soft gate blurs
    /// the selection, the hard one does not.
    @Test func gatesAgreeWhereTheyAreSharp() throws {
        let arms = made(2_000, weighted: false)
        let parameters = [0.8, -0.5, 0.1, 0]
        func effects(_ gate: SelectionGate) throws -> SelectionEffects {
            try SelectionEffects(arms, network: .linear(features: 4), gate: gate, parameters: parameters)
        }
        let hard = try effects(.straightThrough(share: 0.4, temperature: 0.5))
        let soft = try effects(.quantile(share: 0.4, temperature: 0.5))
        let sharp = try effects(.quantile(share: 0.4, temperature: 2_000))
        for outcome in 0..<2 {
            #expect(abs(sharp.effects[outcome] - hard.effects[outcome]) < 0.01)
            #expect(abs(soft.effects[outcome] - hard.effects[outcome]) > 0.02)
        }
        // Both point the same way.
        for outcome in 0..<2 {
            let (a, b) = (soft.gradients[outcome], hard.gradients[outcome])
            let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
            let lengths = [a, b].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
            #expect(product / (lengths[0] * lengths[1]) > 0.8)
        }
        #expect(SelectionGate.quantile(share: 0.4, temperature: 1).threshold([5, 1, 2, 4, 3]) == 3.4)
    }
}
