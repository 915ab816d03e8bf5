import Effects
import Experiments
import Warehouses

/// A distilled tree as a SQL `CASE` expression over the raw columns of the data; a missing value is NULL.
package struct RulesSQL {
    private let covariates: [CovariateDescription]
    private let arms: [String]
    private let dialect: SQLDialect

    /// - Parameter arms: names, by index.
    package init(_ covariates: [CovariateDescription], arms: [String], dialect: SQLDialect = SQLDialect(name: .ansi)) {
        self.covariates = covariates
        self.arms = arms
        self.dialect = dialect
    }

    /// - Parameter comment: lines put above, each behind `--`.
    package func expression(_ tree: DistilledTree, comment: [String] = []) -> String {
        let rules = tree.rules(covariates)
        var lines = comment.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map { "-- \($0)" }
        lines.append("CASE")
        // No two rules overlap and together they hold for all: the last needs no condition.
        for rule in rules.dropLast() {
            lines.append("  WHEN \(condition(rule.region)) THEN \(literal(arms[rule.arm]))")
        }
        lines.append("  ELSE \(literal(arms[rules[rules.count - 1].arm]))")
        lines.append("END")
        // A CASE without WHEN is no SQL.
        return rules.count == 1
            ? (lines.prefix(lines.count - 3) + [literal(arms[rules[0].arm])]).joined(separator: "\n") + "\n"
            : lines.joined(separator: "\n") + "\n"
    }

    private func literal(_ text: String) -> String { dialect.literal(text) }

    private func condition(_ region: CovariateRegion) -> String {
        let parts = region.limits.keys.sorted().compactMap { index in
            region.limits[index].flatMap { condition($0, covariates[index]) }
        }
        return parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")
    }

    private func condition(
        _ limits: CovariateRegion.Limits, _ covariate: CovariateDescription
    ) -> String? {
        let name = dialect.identifier(covariate.name)
        switch covariate.encoding {
        case .numeric(let centre):
            guard limits.allowsValues else { return "\(name) IS NULL" }
            var parts: [String] = []
            if let low = limits.low { parts.append("\(name) > \(number(low, centre))") }
            if let high = limits.high { parts.append("\(name) <= \(number(high, centre))") }
            let known = parts.joined(separator: " AND ")
            if parts.isEmpty { return limits.allowsMissing ? nil : "\(name) IS NOT NULL" }
            // A comparison with NULL is not true, as it should be where missing values are not meant.
            return limits.allowsMissing ? "(\(known) OR \(name) IS NULL)" : known
        case .categorical(let names):
            let meant = limits.allowsValues ? limits.levels ?? Set((0..<names.count).map { UInt8($0) }) : []
            func list(_ levels: some Sequence<Int>) -> String {
                levels.map { literal(names[$0]) }.joined(separator: ", ")
            }
            guard limits.allowsMissing else {
                return meant.isEmpty ? "1 = 0" : "\(name) IN (\(list(meant.sorted().map { Int($0) })))"
            }
            // A level that the experiment did not know counts as missing.
            let others = (0..<names.count).filter { !meant.contains(UInt8($0)) }
            return others.isEmpty ? nil : "(\(name) IS NULL OR \(name) NOT IN (\(list(others))))"
        }
    }

    /// The raw number of an encoded threshold.
    private func number(_ value: Float, _ centre: Double) -> String {
        let text = centre == 0 ? "\(value)" : "\(Double(value) + centre)"
        // ANSI SQL compares decimals; engines are given doubles, which no comparison rounds.
        if dialect.name != .ansi { return Double(text).map(dialect.literal) ?? text }
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
