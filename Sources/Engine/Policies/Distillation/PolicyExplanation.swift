import Effects
import Experiments
import Runtime
import Statistics

/// A policy in a few rules, how faithful they are, and what it would cost to deploy them instead.
package struct PolicyExplanation: Sendable, Equatable {
    /// Which units judged the rules; none of them made the tree that gave them their arms.
    package enum Judgement: String, Sendable, Codable {
        /// Tune, each fold by the tree of the others.
        case crossFitted
        /// Confirm units.
        case confirm
    }

    package struct Loss: Sendable, Equatable, Codable {
        package let name: String
        /// Value of the rules less value of the policy, paired unit by unit, in the outcome's own unit.
        package let difference: Estimate
        /// The policy's own difference from control on the same units.
        package let policy: Estimate
        /// The rules' difference from control.
        package let rules: Estimate

        package init(name: String, difference: Estimate, policy: Estimate, rules: Estimate) {
            self.name = name
            self.difference = difference
            self.policy = policy
            self.rules = rules
        }
    }

    /// Made from all tune units.
    package let tree: DistilledTree
    package let judgement: Judgement
    /// Share of the judging units that get the same arm.
    package let fidelity: Double
    package let losses: [Loss]

    package init(tree: DistilledTree, judgement: Judgement, fidelity: Double, losses: [Loss]) {
        self.tree = tree
        self.judgement = judgement
        self.fidelity = fidelity
        self.losses = losses
    }

    /// Units that make a tree, at most; evenly spaced in the canonical order of hashed keys.
    private static let growthUnits = 200_000

    /// - Parameters:
    ///   - covariates: of all units, in canonical order.
    ///   - folds: the fold of every tune unit, for cross-fitting.
    ///   - tune: a doubly robust evaluator on tune.
    ///   - confirm: judges on confirm where given; on tune by cross-fitting otherwise.
    /// - Throws: `EspalierError` (.usage) for estimators without paired terms; `CancellationError`.
    package init(
        of policy: Policy, covariates: [Covariate], folds: [UInt8], settings: TreeDistiller.Settings,
        tune: PolicyEvaluator, confirm: PolicyEvaluator? = nil, context: RunContext = RunContext()
    ) throws {
        let regrets = try RegretTable(of: policy, evaluator: tune)
        let binned = try BinnedCovariates(
            covariates, unitCount: tune.table.unitCount, tuneCount: regrets.unitCount, context: context)
        let distiller = TreeDistiller(covariates: covariates, binned: binned, regrets: regrets, settings: settings)
        func grow(_ units: [Int]) throws -> DistilledTree {
            let stride = max(1, units.count / Self.growthUnits)
            return try distiller.grow(
                Swift.stride(from: 0, to: units.count, by: stride).map { units[$0] }, context: context)
        }
        let all = Array(0..<regrets.unitCount)
        let tree = try grow(all)
        let judge = confirm ?? tune
        var given: [UInt8]
        if confirm != nil {
            given = tree.arms(covariates, of: judge.units)
        } else {
            given = [UInt8](repeating: 0, count: all.count)
            for fold in Set(folds.prefix(all.count)).sorted() {
                let held = all.filter { folds[$0] == fold }
                // A single fold has no others to learn from.
                let others = all.filter { folds[$0] != fold }
                let other = try others.isEmpty ? tree : grow(others)
                for (unit, arm) in zip(held, other.arms(covariates, of: held)) { given[unit] = arm }
            }
        }
        let own = try judge.choice(of: policy)
        guard let joint = judge.jointDifferences(ofAssignments: [given, own]) else {
            throw EspalierError(
                .usage, "the \(judge.estimator.name) estimator cannot compare two policies unit by unit",
                remedy: "use dr")
        }
        self.tree = tree
        judgement = confirm == nil ? .crossFitted : .confirm
        fidelity = Double(zip(given, own).count { $0 == $1 }) / Double(max(1, own.count))
        losses = judge.space.outcomes.indices.map { j in
            let (a, b) = (joint.index(policy: 0, outcome: j), joint.index(policy: 1, outcome: j))
            return Loss(
                name: judge.space.outcomes[j].name, difference: joint.absolute.difference(a, less: b),
                policy: joint.absolute.estimate(b), rules: joint.absolute.estimate(a))
        }
    }
}
