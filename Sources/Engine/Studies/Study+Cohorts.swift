import Policies
import Runtime

extension Study {
    /// Sees to it that the units' cohorts by the rules of policies are known: kept rules that this fit's units have not been
    /// divided by take the data to be read again.
    /// - Throws: `EspalierError`; `CancellationError`.
    func meetCohorts(of policies: [CohortPolicy], _ context: RunContext) throws {
        let known = workspace.table.unitCohorts
        let wanted = Set(policies.map(\.rules)).filter { known[$0] == nil }
        guard !wanted.isEmpty else { return }
        let rules = try file.cohortRules().filter { wanted.contains($0.id) }
        guard !rules.isEmpty else { return }
        let columns = try readExperiment(context: context).covariates.map(\.values)
        let found = try rules.map { rules in
            (rules, try rules.cohorts(of: columns, unitCount: description.unitCount, context: context))
        }
        try file.transaction { transaction in
            for (rules, cohorts) in found { try transaction.keep(cohorts, of: rules) }
        }
        for (rules, cohorts) in found { known.keep(cohorts, rules) }
    }

    /// The rules of a policy's cohorts.
    /// - Throws: `EspalierError` (.data) where the study does not hold them.
    func cohortRules(_ policy: CohortPolicy) throws -> CohortRules {
        guard let rules = workspace.table.unitCohorts.rules(policy.rules) else {
            throw EspalierError(
                .data, "the study does not hold the cohorts of the policy", file: file.path, remedy: "allocate anew")
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
        let rules = CohortRules(
            kind: rule.rules.kind, trees: rule.rules.trees.map { $0.renumbered(places) }, cohorts: rule.rules.cohorts,
            texts: rule.rules.texts)
        let known = workspace.table.unitCohorts
        if known[rules.id] == nil {
            let columns = try readExperiment(context: context).covariates.map(\.values)
            known.keep(try rules.cohorts(of: columns, unitCount: description.unitCount, context: context), rules)
        }
        return CohortPolicy(rules: rules.id, shares: rule.shares)
    }
}
