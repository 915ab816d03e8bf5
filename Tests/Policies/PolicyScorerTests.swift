import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Statistics
import Testing

/// The scorer of an exported policy on supplied effects: costs of every arm, directions, ties and holdout, by hand and
/// against the table that the policy was chosen on.
@Suite struct PolicyScorerTests {
    private let context = RunContext(workers: Workers(count: 1))

    /// Three arms; control costs 1 and a costs 3 of the first outcome, b costs 0.5 of the second, which is minimised.
    private static let costs = [[1.0, 0], [3, 0], [1, 0.5]]

    private func scorer(
        weights: [Double] = [1, 0], biases: [Double] = [0, 0, 0], costs: [[Double]] = Self.costs,
        scales: [Double] = [1, 1], shares: [Double] = [1, 1, 1], holdout: Double = 0
    ) throws -> PolicyScorer {
        func byArm(_ values: [Double]) -> String {
            zip(["c", "a", "b"], values).map { "\"\($0)\":\($1)" }.joined(separator: ",")
        }
        func outcome(_ j: Int, _ name: String, _ direction: String) -> String {
            """
            {"name":"\(name)","direction":"\(direction)","scale":\(scales[j]),"armCosts":{\(byArm(costs.map { $0[j] }))}}
            """
        }
        let evaluation = """
            {"estimator":"dr","split":"tune","units":1,"effectiveSampleSize":1,"weights":{},"biases":{},"shares":{},
            "outcomes":[],"bestArm":"c"}
            """
        let json = """
            {"kind":"linear","version":1,"name":"p","arms":["c","a","b"],
            "outcomes":[\(outcome(0, "y", "maximize")),\(outcome(1, "z", "minimize"))],
            "weights":{"y":\(weights[0]),"z":\(weights[1])},"biases":{\(byArm(biases))},
            "knobs":{"weights":{},"biases":{},"shrinkage":{}},"covariates":[],
            "effects":{"learner":"columns","columns":{"a":{"y":"ay","z":"az"},"b":{"y":"by","z":"bz"}}},
            "assignment":{"seed":7,"foldCount":5,"holdout":\(holdout),"shares":{\(byArm(shares))},
            "salts":{"fold":"fold","holdout":"holdout","holdoutArm":"holdout-arm"},"unit":"u"},
            "estimates":{"tune":\(evaluation)},
            "provenance":{"tool":"t","specDigest":"","dataDigest":"","seed":7}}
            """
        return PolicyScorer(try JSONDecoder().decode(PolicyDocument.self, from: Data(json.utf8)))
    }

    /// - Parameter effects: per unit the raw effects of a and b on the first, then on the second outcome.
    private func arms(_ scorer: PolicyScorer, _ effects: [(a: Double, b: Double, az: Double, bz: Double)]) throws
        -> [UInt8]
    {
        try scorer.assign(
            keys: effects.indices.map { StableHash.key("u\($0)") }, covariates: [],
            supplied: [effects.map(\.a), effects.map(\.az), effects.map(\.b), effects.map(\.bz)], context: context
        ).arms
    }

    /// a costs 2 more than control, b nothing more: a has to gain more than 2 beyond control, and 2 more than b.
    @Test func costsCountBeyondThoseOfControl() throws {
        let scorer = try scorer()
        #expect(
            try arms(
                scorer,
                [
                    (2, 0, 0, 0), (2.5, 0, 0, 0), (1.9, -1, 0, 0), (3, 1, 0, 0), (3.5, 1, 0, 0), (0, 0.5, 0, 0),
                    (9, 7, 0, 0), (0, -0.5, 0, 0),
                ]) == [0, 1, 0, 1, 1, 2, 1, 0])
    }

    /// The second outcome is minimised at weight 2: b's own cost of 0.5 lowers it, which is worth 1.
    @Test func directionsAndWeights() throws {
        let scorer = try scorer(weights: [1, 2])
        #expect(
            try arms(
                scorer,
                [(0, 0, 0, 0), (0, -1, 0, 0), (0, -1.5, 0, 0), (0, 0, 0, 0.5), (0, 0, 0, 0.75), (2, 0, -0.75, 0)])
                == [2, 0, 0, 0, 0, 1])
    }

    /// Raw effects are divided by the outcome's scale and the slopes multiplied by it, costs likewise.
    @Test func scalesLeaveTheArmsAlone() throws {
        var stream = RandomStream(seed: 3)
        let effects = (0..<500).map { _ in
            (
                a: Double(stream.index(below: 9)) / 2, b: Double(stream.index(below: 9)) / 2 - 2,
                az: Double(stream.index(below: 5)) / 4, bz: Double(stream.index(below: 5)) / 4
            )
        }
        let one = try arms(scorer(weights: [1, 1], biases: [0, 0.25, 0]), effects)
        let scaled = try arms(scorer(weights: [1, 1], biases: [0, 0.25, 0], scales: [4, 0.5]), effects)
        #expect(one == scaled && Set(one) == [0, 1, 2])
        for (unit, effect) in effects.enumerated() {
            let utilities = [0, 0.25 + effect.a - 2 - effect.az, effect.b - (effect.bz - 0.5)]
            let best = utilities.max()
            #expect(utilities.firstIndex { $0 == best } == Int(one[unit]))
        }
    }

    @Test func tiesGoToTheLowerArm() throws {
        #expect(
            try arms(scorer(costs: [[0, 0], [0, 0], [0, 0]]), [(0, 0, 0, 0), (1, 1, 0, 0), (-1, 0, 0, 0)]) == [0, 1, 0])
        #expect(try arms(scorer(biases: [0, 2, 0]), [(0, 0, 0, 0), (1, 1, 0, 0)]) == [0, 1])
    }

    /// The same arms as the table gives, whose units have the same effects and costs: more than one block of them.
    @Test func agreesWithTheTableOfTheStudy() throws {
        var stream = RandomStream(seed: 8)
        let units = 200
        func column() -> [Float] { (0..<units).map { _ in Float(stream.index(below: 17)) / 4 - 2 } }
        let raw = (0..<4).map { _ in column() }
        let effects = EffectEstimates(armCount: 3, outcomeCount: 2, columns: raw)
        let zeros = [Float](repeating: 0, count: units)
        let table = PolicyTable(
            effects: effects,
            scores: ScoreTable(control: [zeros, zeros], contrasts: effects, residuals: [zeros, zeros]),
            observed: [zeros, zeros], armCosts: Self.costs.map { $0.map { Float($0) } },
            assignment: Array(repeating: 0, count: units), observedPropensity: Array(repeating: 0.5, count: units),
            tuneCount: units)
        let space = PolicySpace(
            arms: ["c", "a", "b"],
            outcomes: [
                PolicySpace.Outcome(name: "y", direction: .maximize, threshold: nil, centre: 0, scale: 1),
                PolicySpace.Outcome(name: "z", direction: .minimize, threshold: nil, centre: 0, scale: 1),
            ], averageEffects: [[0, 0], [0, 0], [0, 0]], controlMeans: [0, 0])
        let policy = LinearPolicy(weights: [1, 0.75], biases: [0, 0.5, -0.25])
        let scored = try scorer(weights: policy.weights, biases: policy.biases).assign(
            keys: (0..<units).map { StableHash.key("u\($0)") }, covariates: [],
            supplied: raw.map { $0.map(Double.init) }, context: context)
        let chosen = table.choice(of: policy, in: space, units: 0..<units, workers: Workers(count: 1))
        #expect(scored.arms == chosen && Set(chosen) == [0, 1, 2])
        #expect(scored.heldOut.allSatisfy { !$0 })
    }

    /// Held-out units are those whose draw lies below the share, and their arms follow the planned shares.
    @Test func holdoutKeepsThePlannedShares() throws {
        let effects = Array(repeating: (a: 9.0, b: 0.0, az: 0.0, bz: 0.0), count: 20_000)
        let keys = effects.indices.map { StableHash.key("u\($0)") }
        let supplied = [effects.map(\.a), effects.map(\.az), effects.map(\.b), effects.map(\.bz)]
        let result = try scorer(shares: [0.2, 0.5, 0.3], holdout: 0.25).assign(
            keys: keys, covariates: [], supplied: supplied, context: context)
        let draw = SaltedDraw(seed: 7, salt: "holdout")
        #expect(result.heldOut == keys.map { draw.uniform($0) < 0.25 })
        let held = result.heldOut.indices.filter { result.heldOut[$0] }
        #expect(result.arms.indices.allSatisfy { result.heldOut[$0] || result.arms[$0] == 1 })
        let arms = SaltedDraw(seed: 7, salt: "holdout-arm")
        for unit in held {
            let uniform = arms.uniform(keys[unit])
            #expect(Int(result.arms[unit]) == (uniform < 0.2 ? 0 : uniform < 0.7 ? 1 : 2))
        }
        // Shares need not sum to 1, and an arm without a share is given to nobody.
        let two = try scorer(shares: [0, 3, 1], holdout: 0.999).assign(
            keys: keys, covariates: [], supplied: supplied, context: context)
        for unit in keys.indices where two.heldOut[unit] {
            #expect(two.arms[unit] == (arms.uniform(keys[unit]) < 0.75 ? 1 : 2))
        }
    }
}
