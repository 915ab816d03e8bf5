import Policies
import Runtime

extension Study {
    /// Sees to it that the units' groups by the rules of policies are known: kept rules that this fit's units have not been
    /// divided by take the data to be read again.
    /// - Throws: `EspalierError`; `CancellationError`.
    func meetRules(of policies: [Policy], _ context: RunContext) throws {
        let known = unitGroups
        let wanted = Set(policies.compactMap(\.rules)).filter { known[$0] == nil }
        guard !wanted.isEmpty else { return }
        let rules = try file.unitRules().filter { wanted.contains($0.id) }
        guard !rules.isEmpty else { return }
        let found = try groups(by: rules, context)
        try file.transaction { transaction in
            for (rules, groups) in found { try transaction.keep(groups, of: rules) }
        }
        for (rules, groups) in found { known.keep(groups, rules) }
    }

    /// The groups of this study's units by rules; the data are read again.
    private func groups(
        by rules: [UnitRules], _ context: RunContext
    ) throws -> [(rules: UnitRules, groups: [UInt32])] {
        let columns = try readExperiment(context: context).covariates.map(\.values)
        return try rules.map { ($0, try $0.groups(of: columns, keys: units.splitKeys, context: context)) }
    }

    /// The rules of a policy's cohorts.
    /// - Throws: `EspalierError` (.data) where the study does not hold them.
    func cohortRules(_ policy: CohortPolicy) throws -> CohortRules {
        guard let rules = unitGroups.cohorts(policy.rules) else {
            throw EspalierError(
                .data, "the study does not hold the cohorts of the policy", file: file.path, remedy: "allocate anew")
        }
        return rules
    }

    /// The rules of a policy's ranking.
    /// - Throws: `EspalierError` (.data) where the study does not hold them.
    func rankingRules(_ policy: RankingPolicy) throws -> RankingRules {
        guard let rules = unitGroups.ranking(policy.rules) else {
            throw EspalierError(
                .data, "the study does not hold the ranking of the policy", file: file.path, remedy: "rank anew")
        }
        return rules
    }
}

extension Study {
    /// The policy of a file that allocates cohorts, on this study's units.
    /// - Throws: `EspalierError` (.data) where arms or outcomes are others, or a covariate is encoded otherwise; what reading
    ///   the data throws, where the study has not met the cohorts.
    package func policy(
        _ document: PolicyDocument, cohorts rule: PolicyDocument.CohortRule, file: String, context: RunContext
    ) throws -> CohortPolicy {
        let places = try covariatePlaces(document, file: file)
        let rules = CohortRules(
            kind: rule.rules.kind, trees: rule.rules.trees.map { $0.renumbered(places) }, cohorts: rule.rules.cohorts,
            texts: rule.rules.texts)
        try meet(.cohorts(rules), context)
        return CohortPolicy(rules: rules.id, shares: rule.shares)
    }

    /// The policy of a file that targets by a ranking, on this study's units.
    /// - Throws: as for cohorts.
    package func policy(
        _ document: PolicyDocument, ranking rule: PolicyDocument.RankingRule, file: String, context: RunContext
    ) throws -> RankingPolicy {
        let rules = UnitRules.ranking(rule.rules.renumbered(try covariatePlaces(document, file: file)))
        guard let arm = space.arms.firstIndex(of: rule.arm), arm > 0 else {
            throw EspalierError(
                .data, "the policy targets with \(rule.arm), which the study does not compare with control", file: file,
                remedy: "evaluate it on a study of the same experiment")
        }
        try meet(rules, context)
        return RankingPolicy(rules: rules.id, arm: arm)
    }

    private func meet(_ rules: UnitRules, _ context: RunContext) throws {
        let known = unitGroups
        guard known[rules.id] == nil else { return }
        for (rules, groups) in try groups(by: [rules], context) { known.keep(groups, rules) }
    }

    /// Where the covariates of a policy file stand in this study.
    private func covariatePlaces(_ document: PolicyDocument, file: String) throws -> [Int: Int] {
        let names = description.covariates.map(\.name)
        var places: [Int: Int] = [:]
        for (index, covariate) in document.covariates.enumerated() {
            guard let place = names.firstIndex(of: covariate.name),
                try description.covariates[place].encoding == covariate.encoding()
            else {
                throw EspalierError(
                    .data, "the study has no covariate \(covariate.name) that is encoded as the policy's is",
                    file: file,
                    remedy: "give units their arms with `espalier assign`, and evaluate those with --assignments")
            }
            places[index] = place
        }
        return places
    }
}
