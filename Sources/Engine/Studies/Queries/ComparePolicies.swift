import Policies
import Runtime
import Statistics

/// What changes from one candidate to another: every outcome, and whose arm.
///
/// Candidates of two studies are both judged by the scores of the study that is asked, where its tune units are those of the
/// other; the differences are then paired by unit, as they are within one study. On other units each is judged by its own study.
package struct ComparePolicies: StudyQuery {
    package let from: Candidate
    /// The study of `from`; nil where it is the one that is asked.
    package let other: Study?
    package let to: Candidate
    /// One or two covariates to divide the units by; without any they are divided by cohort.
    package let covariates: [String]

    package init(from: Candidate, of other: Study? = nil, to: Candidate, by covariates: [String] = []) {
        self.from = from
        self.other = other
        self.to = to
        self.covariates = covariates
    }

    /// - Throws: `EspalierError` (.data) where the studies have other arms or outcomes or the data have changed, (.usage) for a
    ///   covariate that is not there; `CancellationError`.
    /// - Complexity: two passes over the units per outcome; reads the data file where covariates are named.
    package func run(_ study: Study, _ context: RunContext) throws -> PolicyComparison {
        try requireSameSpace(study)
        let evaluator = try study.workspace.evaluator(.tune, workers: context.workers)
        let after = try evaluator.choice(of: to.policy)
        let before = try choices(on: study, context)
        try context.cancellation.check()
        let groups = try groups(study, context)
        let paired = before.allSatisfy { $0 != nil } && before.count == (other?.description.tuneCount ?? before.count)
        var splits = [paired ? Self.paired(before.compactMap { $0 }, after, evaluator) : try apart(study, context)]
        // Picking has opened confirm for both, so that this is no further look.
        if other == nil, from.confirm != nil, to.confirm != nil {
            let confirm = try study.workspace.evaluator(.confirm, workers: context.workers)
            splits.append(
                try Self.paired(confirm.choice(of: from.policy), confirm.choice(of: to.policy), confirm))
        }
        let ownFit = other == nil ? nil : from.tune.map { $0.outcomes.map(\.difference) }
        return PolicyComparison(
            splits: splits.map { $0.settingOwnFit(ownFit) },
            moves: ArmMoves(from: before, to: after, arms: study.space.arms),
            groups: groups.map { group in
                PolicyComparison.Group(
                    rule: group.rule,
                    moves: ArmMoves(
                        from: group.units.map { before[$0] }, to: group.units.map { after[$0] }, arms: study.space.arms)
                )
            })
    }

    private func requireSameSpace(_ study: Study) throws {
        guard let other else { return }
        guard other.space.arms == study.space.arms,
            other.space.outcomes.map(\.name) == study.space.outcomes.map(\.name)
        else {
            throw EspalierError(
                .data, "its arms or outcomes are not those of \(study.file.path)", file: other.file.path,
                remedy: "compare two fits of the same experiment")
        }
    }

    /// The arm that `from` gives each tune unit of the study; nil for units that its own study does not have on tune.
    private func choices(on study: Study, _ context: RunContext) throws -> [UInt8?] {
        let own = try (other ?? study).workspace.evaluator(.tune, workers: context.workers).choice(of: from.policy)
        guard let other else { return own }
        let byKey = Dictionary(zip(other.units.keys.prefix(own.count), own)) { first, _ in first }
        return study.units.keys.prefix(study.description.tuneCount).map { byKey[$0] }
    }

    /// Tune units by cohort, or by cell of the covariates.
    private func groups(_ study: Study, _ context: RunContext) throws -> [(rule: String, units: [Int])] {
        let rules: [String]
        let groupOf: [UInt32]
        if covariates.isEmpty {
            rules = study.trees.cohorts.rows.map { "\($0.id): \($0.rule)" }
            groupOf = study.units.cohorts
        } else {
            let drillDown = try CrossCovariates(covariates).run(study, context)
            rules = drillDown.cells.map(\.rule)
            groupOf = drillDown.cellOf
        }
        var units = [[Int]](repeating: [], count: rules.count)
        for unit in 0..<study.description.tuneCount where rules.indices.contains(Int(groupOf[unit])) {
            units[Int(groupOf[unit])].append(unit)
        }
        return zip(rules, units).map { (rule: $0, units: $1) }
    }

    private static func paired(
        _ before: [UInt8], _ after: [UInt8], _ evaluator: PolicyEvaluator
    ) -> PolicyComparison.Split {
        let joint = evaluator.jointDifferences(ofAssignments: [before, after])
        return PolicyComparison.Split(
            split: evaluator.split, isPaired: true,
            outcomes: evaluator.space.outcomes.enumerated().map { j, outcome in
                PolicyComparison.Outcome(
                    name: outcome.name, from: joint.map { $0.absolute.estimate($0.index(policy: 0, outcome: j)) },
                    to: joint.map { $0.absolute.estimate($0.index(policy: 1, outcome: j)) },
                    change: joint.map {
                        $0.absolute.difference(
                            $0.index(policy: 1, outcome: j), less: $0.index(policy: 0, outcome: j))
                    })
            })
    }

    /// Each by its own study. Units that both have make the true error of the change smaller than this one.
    private func apart(_ study: Study, _ context: RunContext) throws -> PolicyComparison.Split {
        let first = try (other ?? study).workspace.evaluator(.tune, workers: context.workers)
            .evaluate(from.policy, weights: from.knobs.weights)
        let second = try study.workspace.evaluator(.tune, workers: context.workers)
            .evaluate(to.policy, weights: to.knobs.weights)
        return PolicyComparison.Split(
            split: .tune, isPaired: false,
            outcomes: zip(first.outcomes, second.outcomes).map { a, b in
                PolicyComparison.Outcome(
                    name: a.name, from: a.difference, to: b.difference,
                    change: a.difference.flatMap { a in b.difference.map { $0.less(independent: a) } })
            })
    }
}

extension Estimate {
    /// The difference from an estimate whose error has nothing to do with this one's.
    fileprivate func less(independent other: Estimate) -> Estimate {
        let error = standardError.flatMap { mine in
            other.standardError.map { (mine * mine + $0 * $0).squareRoot() }
        }
        return Estimate(value: value - other.value, standardError: error)
    }
}
