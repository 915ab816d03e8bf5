/// JSON: the keys of the rule stand beside the others, and `kind` says which they are.
extension PolicyDocument: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, version, name, arms, outcomes, cohorts, ranking, covariates, assignment, estimates, provenance,
            selfTest, launch
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(Int.self, forKey: .version)
        name = try container.decode(String.self, forKey: .name)
        arms = try container.decode([String].self, forKey: .arms)
        outcomes = try container.decode([OutcomeEntry].self, forKey: .outcomes)
        switch try container.decode(Policy.Kind.self, forKey: .kind) {
        case .linear: rule = .linear(try LinearRule(from: decoder))
        case .cohort:
            rule = .cohort(try container.decode(CohortsEntry.self, forKey: .cohorts).rule(arms: arms))
        case .ranking: rule = .ranking(try container.decode(RankingEntry.self, forKey: .ranking).rule)
        }
        covariates = try container.decode([CovariateEntry].self, forKey: .covariates)
        assignment = try container.decode(AssignmentEntry.self, forKey: .assignment)
        estimates = try container.decode(EstimatesEntry.self, forKey: .estimates)
        provenance = try container.decode(Provenance.self, forKey: .provenance)
        selfTest = try container.decodeIfPresent([SelfTestRow].self, forKey: .selfTest)
        launch = try container.decodeIfPresent(LaunchEntry.self, forKey: .launch)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rule.kind, forKey: .kind)
        try container.encode(version, forKey: .version)
        try container.encode(name, forKey: .name)
        try container.encode(arms, forKey: .arms)
        try container.encode(outcomes, forKey: .outcomes)
        switch rule {
        case .linear(let rule): try rule.encode(to: encoder)
        case .cohort(let rule): try container.encode(CohortsEntry(rule, arms: arms), forKey: .cohorts)
        case .ranking(let rule): try container.encode(RankingEntry(rule), forKey: .ranking)
        }
        try container.encode(covariates, forKey: .covariates)
        try container.encode(assignment, forKey: .assignment)
        try container.encode(estimates, forKey: .estimates)
        try container.encode(provenance, forKey: .provenance)
        try container.encodeIfPresent(selfTest, forKey: .selfTest)
        try container.encodeIfPresent(launch, forKey: .launch)
    }
}

/// How cohorts and their shares stand in a policy file.
private struct CohortsEntry: Codable {
    struct Entry: Codable {
        let id: Int
        let rule: String
        let leaves: [UInt16]
        let shares: [String: Double]
    }

    let kind: String
    let trees: [RegionTree]
    let list: [Entry]

    init(_ rule: PolicyDocument.CohortRule, arms: [String]) {
        kind = rule.rules.kind
        trees = rule.rules.trees
        list = rule.rules.cohorts.indices.map { cohort in
            Entry(
                id: cohort + 1, rule: rule.rules.texts[cohort], leaves: rule.rules.cohorts[cohort],
                shares: Dictionary(zip(arms, rule.shares[cohort])) { first, _ in first })
        }
    }

    /// - Throws: `EspalierError` (.data) for leaves that no tree has, or cohorts that are there twice.
    func rule(arms: [String]) throws -> PolicyDocument.CohortRule {
        let leaves = trees.map(\.leafCount)
        for entry in list {
            guard entry.leaves.count == leaves.count, zip(entry.leaves, leaves).allSatisfy({ Int($0) < $1 }) else {
                throw PolicyDocument.malformed("cohort \(entry.id) names a leaf that no tree has")
            }
        }
        guard !list.isEmpty, Set(list.map(\.leaves)).count == list.count else {
            throw PolicyDocument.malformed("cohorts.list names no cohort, or one of them twice")
        }
        return PolicyDocument.CohortRule(
            rules: CohortRules(kind: kind, trees: trees, cohorts: list.map(\.leaves), texts: list.map(\.rule)),
            shares: list.map { entry in arms.map { entry.shares[$0] ?? -1 } })
    }
}

/// How a ranking stands in a policy file: its rules' keys beside the arm.
private struct RankingEntry: Codable {
    private enum CodingKeys: String, CodingKey { case arm }

    let rule: PolicyDocument.RankingRule

    init(_ rule: PolicyDocument.RankingRule) { self.rule = rule }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rule = PolicyDocument.RankingRule(
            rules: try RankingRules(from: decoder), arm: try container.decode(String.self, forKey: .arm))
    }

    func encode(to encoder: any Encoder) throws {
        try rule.rules.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rule.arm, forKey: .arm)
    }
}
