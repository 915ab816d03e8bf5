import Ranking
import Runtime
import Statistics
import Testing

@Suite struct CostCurveTests {
    /// drm.json's curve; its one tie ends with a decile, so its rule for ties (by row) is not met.
    @Test func agreesWithThePrototype() throws {
        let golden = try DirectGolden.read().curve
        let sample = try EvaluationSample(treated: golden.w.map { $0 == 1 }, value: golden.value, cost: golden.cost)
        let curve = try CostCurve(scores: golden.score, sample: sample)
        for index in CostCurve.deciles.indices {
            #expect(abs(curve.values[index] - golden.valueCurve[index + 1]) < 1e-9)
            #expect(abs(curve.costs[index] - golden.costCurve[index + 1]) < 1e-9)
        }
        #expect(abs(try #require(curve.area) - golden.aucc) < 1e-9)
    }

    /// 997 units with 40 distinct scores, propensities that vary and an outcome around 1000.
    private func awkward() throws -> (scores: [Double], sample: EvaluationSample) {
        let n = 997
        func part(_ whole: Int) -> Double { Double(whole % n) / Double(n) }
        let u = (0..<n).map { part($0 * 7919 + 13) }
        let v = (0..<n).map { part($0 * $0 * 31 + 7 * $0) }
        let z = (0..<n).map { part($0 * $0 * $0 * 5 + 11) }
        let propensity = v.map { 0.3 + 0.4 * $0 }
        let treated = (0..<n).map { z[$0] < propensity[$0] }
        var (value, cost, inverse): ([Double], [Double], [Double]) = ([], [], [])
        for unit in 0..<n {
            let arm: Double = treated[unit] ? 1 : 0
            value.append(2 * u[unit] * arm + v[unit] - z[unit] * z[unit] + 1000)
            cost.append((0.5 + v[unit]) * arm + u[unit] * z[unit])
            inverse.append(treated[unit] ? 1 / propensity[unit] : 1 / (1 - propensity[unit]))
        }
        let scores = u.map { ($0 * 40).rounded(.down) / 40 }
        return (scores, try EvaluationSample(treated: treated, value: value, cost: cost, inversePropensity: inverse))
    }

    /// NumPy 2.4: cumulative weighted sums at the ends of ties, np.interp at each share, np.trapezoid.
    @Test func agreesWithNumPyOnTiesAndPropensities() throws {
        let (scores, sample) = try awkward()
        let curve = try CostCurve(scores: scores, sample: sample, extraShares: [0.25])
        let values = [
            0.23547604938148653, 0.4577183718236484, 0.6564632062358214, 0.8476572678944194, 0.9975395032948313,
            1.1228403655542478, 1.2416650747380231, 1.3219034426484542, 1.4229404661296372, 1.470030296160644,
            0.561578335114433,
        ]
        let costs = [
            0.0449312518962413, 0.10043201471193289, 0.16267863206620387, 0.2318665714224141, 0.29659823135833985,
            0.3686602032348725, 0.4454685194490817, 0.5258410768409247, 0.6192207457747884, 0.7074156758795123,
            0.13608145471976035,
        ]
        for index in values.indices {
            #expect(abs(curve.values[index] - values[index]) < 1e-9)
            #expect(abs(curve.costs[index] - costs[index]) < 1e-9)
        }
        #expect(abs(try #require(curve.area) - 0.6701594251169402) < 1e-9)
    }

    @Test func theOrderOfRowsSaysNothing() throws {
        let (scores, sample) = try awkward()
        var stream = RandomStream(seed: 3)
        let order = scores.indices.shuffled(using: &stream)
        let shuffled = try EvaluationSample(
            treated: order.map { sample.treated[$0] }, value: order.map { sample.value[$0] },
            cost: order.map { sample.cost[$0] }, inversePropensity: order.map { sample.inversePropensity![$0] })
        let curve = try CostCurve(scores: scores, sample: sample)
        let other = try CostCurve(scores: order.map { scores[$0] }, sample: shuffled)
        for (one, two) in zip(curve.values + curve.costs, other.values + other.costs) {
            #expect(abs(one - two) < 1e-10)
        }
    }

    /// One tie of all units is a random order; the order by the ratio of effects has the largest area there is.
    @Test func randomAndOracleAreTheEnds() throws {
        let trial = RankingTrial(units: 4_000, seed: 1)
        let tied = try CostCurve(scores: trial.value.map { _ in 0 }, sample: trial.evaluation())
        #expect(abs(try #require(tied.area) - 0.5) < 1e-12)
        #expect(abs(try #require(tied.random.area) - 0.5) < 1e-12)
        let oracle = try #require(try trial.trueArea(trial.oracle))
        for scores in [trial.valueEffects, trial.costEffects.map { -$0 }, trial.value] {
            #expect(try #require(try trial.trueArea(scores)) < oracle)
        }
        #expect(try #require(try trial.trueArea(trial.oracle.map { -$0 })) < 0.5)
    }

    @Test func noAreaWithoutACostOrAGain() throws {
        let trial = RankingTrial(units: 400, seed: 2)
        let evaluation = try trial.evaluation()
        let cheaper = try EvaluationSample(
            treated: trial.treated, value: trial.value, cost: trial.cost.map { -$0 })
        let poorer = try EvaluationSample(treated: trial.treated, value: trial.value.map { -$0 }, cost: trial.cost)
        for (sample, words) in [(cheaper, "which is not a cost"), (poorer, "which is not a gain")] {
            let estimate = try CurveEstimate(scores: trial.oracle, sample: sample, replicates: 100)
            #expect(estimate.curve.area == nil && estimate.areaInterval() == nil)
            let sentence = RankingFinding.sentence(estimate, name: "score", value: "value", cost: "cost")
            #expect(sentence.contains(words))
        }
        #expect(try CostCurve(scores: trial.oracle, sample: evaluation).area != nil)
    }

    @Test func valueAtACostLiesOnTheCurve() throws {
        let (values, costs) = ((1...10).map { Double($0 * $0) }, (1...10).map { 2 * Double($0) })
        let curve = CostCurve(shares: CostCurve.deciles, values: values, costs: costs)
        #expect(curve.value(atCost: 0) == 0)
        #expect(curve.value(atCost: 4) == 4)
        #expect(curve.value(atCost: 5) == 6.5)
        #expect(curve.value(atCost: 21) == nil && curve.value(atCost: -1) == nil)
        #expect(curve.random.value(atCost: 5) == 25)
    }

    @Test func badInputIsOneSentence() throws {
        let trial = RankingTrial(units: 200, seed: 4)
        let evaluation = try trial.evaluation()
        func sentence(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        for share in [0, -0.1, 1.2, .nan] {
            let words = sentence { _ = try CostCurve(scores: trial.oracle, sample: evaluation, extraShares: [share]) }
            #expect(words.contains("is not between 0 and 1"))
        }
        // A score that is the arm leaves the first decile without control units.
        let told = sentence { _ = try CostCurve(scores: trial.treated.map { $0 ? 1 : 0 }, sample: evaluation) }
        #expect(told.contains("no control unit is among the best 10% by score"))
        let single = sentence { _ = try EvaluationSample(treated: [true, true], value: [1, 2], cost: [1, 2]) }
        #expect(single.contains("every unit is treated"))
        #expect(sentence { _ = try EvaluationSample(treated: [], value: [], cost: []) }.contains("there are no units"))
    }
}
