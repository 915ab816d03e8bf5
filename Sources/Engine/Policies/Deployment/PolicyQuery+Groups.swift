import Effects
import Experiments
import Statistics
import Warehouses

/// Policies by cohorts and by a ranking.
extension PolicyQuery {
    /// Cohorts of the same shares are one group.
    static func groups(_ rule: PolicyDocument.CohortRule) -> (shares: [[Double]], ofCohort: [Int]) {
        var shares: [[Double]] = []
        let groups = rule.shares.map { own in
            if let known = shares.firstIndex(of: own) { return known }
            shares.append(own)
            return shares.count - 1
        }
        return (shares, groups)
    }

    func cohort(_ rule: PolicyDocument.CohortRule) -> Choice {
        let columns = document.covariates.indices.map(Self.column)
        let trees = rule.rules.trees.enumerated().map { index, tree in
            QueryLayers.Column("leaf_\(index)", TreeSQL(dialect: dialect).text(tree, columns))
        }
        let groups = Self.groups(rule)
        let places = document.arms.indices.map { "\($0)" }
        let isDrawn = groups.shares.contains { own in own.count { $0 > 0 } > 1 }
        let draw = DrawSQL.Draw.uniform(
            seed: document.assignment.seed, salt: document.assignment.salts.cohortArm ?? PolicyDocument.salts.cohortArm,
            column: "u_cohort")
        let branches = groups.shares.enumerated().map {
            "WHEN \($0) THEN \(dialect.index(of: "u_cohort", in: $1, places: places))"
        }
        let leaves = zip(rule.rules.cohorts, groups.ofCohort).map { (leaves: $0, group: $1) }
        return Choice(
            draws: isDrawn ? [draw] : [],
            layers: [
                trees, [.init("cohort_group", Self.group(of: leaves[...], tree: 0, count: trees.count))],
                // Leaves that no unit of the sample came to get control.
                [.init("pick", "CASE cohort_group \(branches.joined(separator: " ")) ELSE 0 END")],
            ])
    }

    /// The group of a tuple of leaves, tree by tree; -1 for tuples that are none.
    private static func group(of cohorts: ArraySlice<(leaves: [UInt16], group: Int)>, tree: Int, count: Int) -> String {
        guard tree < count, let first = cohorts.first else { return cohorts.first.map { "\($0.group)" } ?? "-1" }
        // Where all that is left is one cohort of one leaf each, the rest are conditions.
        if cohorts.count == 1 {
            let conditions = (tree..<count).map { "leaf_\($0) = \(first.leaves[$0])" }
            return "CASE WHEN \(conditions.joined(separator: " AND ")) THEN \(first.group) ELSE -1 END"
        }
        let parts = Dictionary(grouping: cohorts) { $0.leaves[tree] }.sorted { $0.key < $1.key }
        let branches = parts.map { leaf, own in
            "WHEN \(leaf) THEN \(group(of: own[...], tree: tree + 1, count: count))"
        }
        return "CASE leaf_\(tree) \(branches.joined(separator: " ")) ELSE -1 END"
    }

    func ranking(_ rule: PolicyDocument.RankingRule) -> Choice {
        let rules = rule.rules
        let (zero, one) = (dialect.literal(0), dialect.literal(1))
        let features = rules.features.enumerated().map { index, feature in
            let column = Self.column(feature.covariate)
            let text =
                if let centre = feature.centre {
                    "CASE WHEN \(column) IS NULL THEN \(zero) ELSE \(column) - (\(dialect.literal(centre))) END"
                } else if let level = feature.level {
                    "CASE WHEN \(column) = \(level) THEN \(one) ELSE \(zero) END"
                } else {
                    "CASE WHEN \(column) IS NULL THEN \(one) ELSE \(zero) END"
                }
            return QueryLayers.Column("x\(index)", text)
        }
        let scores = rules.models.map(score)
        let arm = document.arms.firstIndex(of: rule.arm) ?? 0
        let draws: [DrawSQL.Draw] =
            scores.count > 1
            ? [
                .group(
                    seed: rules.seed, salt: PolicyDocument.salts.fold, count: scores.count, column: "fold")
            ] : []
        return Choice(
            draws: draws,
            layers: [
                features, [.init("score", RunningSums.choice(scores, by: "fold"))],
                [
                    .init(
                        "pick",
                        "CASE WHEN score IS NULL THEN NULL WHEN score >= \(dialect.literal(rules.threshold)) "
                            + "THEN \(arm) ELSE 0 END")
                ],
            ])
    }

    private func score(_ function: ScoreFunction) -> String {
        func dot(_ score: ScoreFunction.LinearScore) -> String {
            let terms = score.coefficients.enumerated().map { "(\(dialect.literal($1))) * x\($0)" }
            return "(\((["(\(dialect.literal(score.constant)))"] + terms).joined(separator: " + ")))"
        }
        switch function {
        case .linear(let score): return dot(score)
        case .ratio(let score):
            return "\(dot(score.value)) / GREATEST(\(dot(score.cost)), \(dialect.literal(score.floor)))"
        case .network(let network):
            let terms = network.units.map { "(\(dialect.literal($0.weight))) * \(dialect.tanh(dot($0.input)))" }
            return ([dialect.literal(0)] + terms).joined(separator: " + ")
        }
    }
}
