import Experiments
import Runtime
import Warehouses

/// Who is held out, who explores, and what they get.
extension PolicyQuery {
    var explores: Bool { document.assignment.exploration != nil }

    var ownDraws: [DrawSQL.Draw] {
        let (rule, salts) = (document.assignment, document.assignment.salts)
        var draws: [DrawSQL.Draw] = []
        if rule.holdout > 0 {
            draws.append(.uniform(seed: rule.seed, salt: salts.holdout, column: "u_holdout"))
            draws.append(.uniform(seed: rule.seed, salt: salts.holdoutArm, column: "u_holdout_arm"))
        }
        if explores {
            draws.append(
                .uniform(
                    seed: rule.seed, salt: salts.exploration ?? PolicyDocument.salts.exploration,
                    column: "u_exploration"))
            draws.append(
                .uniform(
                    seed: rule.seed, salt: salts.explorationArm ?? PolicyDocument.salts.explorationArm,
                    column: "u_exploration_arm"))
        }
        return draws
    }

    var heldOut: String {
        let holdout = document.assignment.holdout
        return holdout > 0 ? "CASE WHEN u_holdout < \(dialect.literal(holdout)) THEN 1 ELSE 0 END" : "0"
    }

    var exploring: String {
        let share = dialect.literal(document.assignment.exploration?.share ?? 0)
        return "CASE WHEN held = 0 AND u_exploration < \(share) THEN 1 ELSE 0 END"
    }

    private var places: [String] { document.arms.indices.map { "\($0)" } }

    var given: String {
        let rule = document.assignment
        var branches: [String] = []
        if rule.holdout > 0 {
            let shares = document.arms.map { rule.shares[$0] ?? 0 }
            branches.append("WHEN held = 1 THEN \(dialect.index(of: "u_holdout_arm", in: shares, places: places))")
        }
        if let entry = rule.exploration {
            let own = explorationShares(entry)
            branches.append("WHEN explores = 1 THEN \(dialect.index(of: "u_exploration_arm", in: own, places: places))")
        }
        return branches.isEmpty ? "pick" : "CASE \(branches.joined(separator: " ")) ELSE pick END"
    }

    private func explorationShares(_ entry: PolicyDocument.ExplorationEntry) -> [Double] {
        let own = document.arms.map { entry.shares[$0] ?? 0 }
        let total = own.reduce(0, +)
        return own.map { $0 / total }
    }

    var outputs: [QueryLayers.Column] {
        let branches = document.arms.enumerated().map { "WHEN \($0) THEN \(dialect.literal($1))" }
        var columns: [QueryLayers.Column] = [
            .init("unit", "unit"), .init("arm", "CASE given \(branches.joined(separator: " ")) END"),
            .init("holdout", "held"),
        ]
        guard let entry = document.assignment.exploration else { return columns }
        let chances = document.arms.indices.map { propensity($0, entry) }
        columns.append(.init("explored", "explores"))
        columns.append(
            .init(
                "propensity",
                "CASE given \(chances.enumerated().map { "WHEN \($0) THEN \($1)" }.joined(separator: " ")) END"))
        columns += zip(document.arms, chances).map { .init(dialect.identifier("propensity_\($0)"), $1) }
        return columns
    }

    /// Of an arm, over the draws of holdout, exploration and split cohorts.
    private func propensity(_ arm: Int, _ entry: PolicyDocument.ExplorationEntry) -> String {
        let rule = document.assignment
        let planned = document.arms.map { rule.shares[$0] ?? 0 }
        let heldOut = rule.holdout > 0 ? rule.holdout * planned[arm] / planned.reduce(0, +) : 0
        let drawn = entry.share * explorationShares(entry)[arm]
        func chance(_ own: Double) -> String {
            dialect.literal(heldOut + (1 - rule.holdout) * (drawn + (1 - entry.share) * own))
        }
        guard case .cohort(let cohorts) = document.rule else {
            return "CASE WHEN pick = \(arm) THEN \(chance(1)) ELSE \(chance(0)) END"
        }
        let groups = Self.groups(cohorts).shares
        let branches = groups.enumerated().map { "WHEN \($0) THEN \(chance($1[arm] / $1.reduce(0, +)))" }
        return "CASE cohort_group \(branches.joined(separator: " ")) ELSE \(chance(arm == 0 ? 1 : 0)) END"
    }
}
