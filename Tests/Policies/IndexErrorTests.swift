import Experiments
import Policies
import Testing

/// An outcome that is an index of surrogates: the error of its coefficients stands in every interval of a policy.
@Suite struct IndexErrorTests {
    /// Of the first outcome: two parts, different arms.
    private static let error = IndexError(
        rule: IndexRule(
            names: ["a", "b"], centres: [0, 0], intercept: 0, slopes: [1, 1], factor: [[0.1, 0], [0.2, 0], [0, 0.3]]),
        byArm: [[0.05, 0.01], [0.02, 0.04], [-0.03, 0.02]], slope: [0.1, 0.2], effects: [0, 0.05, 0.1])

    private static func space(_ plain: PolicySpace) -> PolicySpace {
        PolicySpace(
            arms: plain.arms,
            outcomes: plain.outcomes.enumerated().map { j, outcome in
                PolicySpace.Outcome(
                    name: outcome.name, direction: outcome.direction, threshold: outcome.threshold,
                    centre: outcome.centre, scale: outcome.scale, indexError: j == 0 ? error : nil)
            }, averageEffects: plain.averageEffects, controlMeans: plain.controlMeans)
    }

    private static func variance(_ standardError: Double?) -> Double { (standardError ?? 0) * (standardError ?? 0) }

    /// Differences and values are wider by the parts of the shares, a linear map of what is known of the arms; other outcomes are not.
    @Test(arguments: [Estimator.dr, .snips, .ips]) func intervalsAreWiderByIt(_ estimator: Estimator) throws {
        let made = SyntheticTable(units: 2_000)
        let plain = try PolicyEvaluator(space: made.space, table: made.table, estimator: estimator)
        let widened = try PolicyEvaluator(space: Self.space(made.space), table: made.table, estimator: estimator)
        var knobs = PolicyKnobs.start(in: made.space)
        knobs.biases[1] = 0.2
        let policy = LinearPolicy(knobs, in: made.space)
        let before = plain.evaluate(policy, weights: knobs.weights)
        let after = widened.evaluate(policy, weights: knobs.weights)
        let shares = made.space.arms.map { before.shares[$0] ?? 0 }
        let (old, new) = (try #require(before.outcomes[0].difference), try #require(after.outcomes[0].difference))
        #expect(old.value == new.value)
        let reach = new.value - zip(shares, made.space.averageEffects).reduce(0) { $0 + $1.0 * $1.1[0] }
        let parts = (0..<2).map { part in
            zip(shares, Self.error.byArm).reduce(reach * Self.error.slope[part]) {
                $0 + $1.0 * ($1.1[part] - Self.error.byArm[0][part])
            }
        }
        let added = parts.reduce(0) { $0 + $1 * $1 }
        #expect(abs(Self.variance(new.standardError) - Self.variance(old.standardError) - added) < 1e-9)
        let base = Self.error.byArm[0]
        let whole = zip(parts, base).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
        #expect(
            abs(
                Self.variance(after.outcomes[0].standardError) - Self.variance(before.outcomes[0].standardError) - whole
            )
                < 1e-9)
        #expect(before.outcomes[1].difference == after.outcomes[1].difference)
    }

    /// All at once, too: two policies share the error, so that what they differ by has less of it than either.
    @Test func policiesShareIt() throws {
        let made = SyntheticTable(units: 2_000)
        var other = PolicyKnobs.start(in: made.space)
        other.biases[2] = 0.3
        let policies = [PolicyKnobs.start(in: made.space), other].map { LinearPolicy($0, in: made.space) }
        func joint(_ space: PolicySpace) throws -> JointDifferences {
            try #require(try PolicyEvaluator(space: space, table: made.table).jointDifferences(of: policies))
        }
        let (plain, widened) = (try joint(made.space), try joint(Self.space(made.space)))
        let evaluator = try PolicyEvaluator(space: Self.space(made.space), table: made.table)
        for (k, policy) in policies.enumerated() {
            let alone = evaluator.evaluate(policy, weights: other.weights).outcomes[0].difference
            let together = widened.absolute.standardError(widened.index(policy: k, outcome: 0))
            #expect(abs(together - (alone?.standardError ?? 0)) < 1e-9)
        }
        func gained(_ a: Int, _ b: Int) -> Double {
            widened.absolute.covariance[a, b] - plain.absolute.covariance[a, b]
        }
        let (first, second) = (widened.index(policy: 0, outcome: 0), widened.index(policy: 1, outcome: 0))
        #expect(gained(first, second) * gained(first, second) <= gained(first, first) * gained(second, second) + 1e-18)
        #expect(gained(first, second) != 0)
        #expect(gained(first, widened.index(policy: 0, outcome: 1)) == 0)
    }
}
