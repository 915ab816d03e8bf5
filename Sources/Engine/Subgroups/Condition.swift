import Experiments
import Foundation
import Statistics

/// A condition on one covariate, on encoded values.
package struct Condition: Sendable, Equatable, Codable {
    package enum Rule: Sendable, Equatable, Codable {
        case equal(Float)
        case atMost(Float)
        case above(Float)
        /// above the first and at most the second.
        case between(Float, Float)
        /// One of these level codes.
        case levels([Int])
        case missing
    }

    /// Index into the experiment's covariates.
    package let covariate: Int
    package let rule: Rule

    package init(covariate: Int, rule: Rule) {
        self.covariate = covariate
        self.rule = rule
    }

    package func holds(_ value: Float) -> Bool {
        switch rule {
        case .missing: value.isNaN
        case .equal(let wanted): value == wanted
        case .atMost(let high): value <= high
        case .above(let low): value > low
        case .between(let low, let high): value > low && value <= high
        case .levels(let codes): !value.isNaN && codes.contains(Int(value))
        }
    }

    /// "recency <= 5", "zip_code = Rural", "age is missing".
    package func text(_ covariates: [Covariate]) -> String {
        let covariate = covariates[covariate]
        func number(_ value: Float) -> String {
            guard case .numeric(let centre) = covariate.encoding else { return "\(value)" }
            return String(format: "%.6g", Double(value) + centre)
        }
        switch rule {
        case .missing: return "\(covariate.name) is missing"
        case .equal(let value): return "\(covariate.name) = \(number(value))"
        case .atMost(let high): return "\(covariate.name) <= \(number(high))"
        case .above(let low): return "\(covariate.name) > \(number(low))"
        case .between(let low, let high): return "\(number(low)) < \(covariate.name) <= \(number(high))"
        case .levels(let codes):
            guard case .categorical(let names) = covariate.encoding else { return covariate.name }
            let chosen = codes.map { names[$0] }
            if chosen.count == 1 { return "\(covariate.name) = \(chosen[0])" }
            return chosen.count > 4
                ? "\(covariate.name) in \(chosen.count) other levels"
                : "\(covariate.name) in {\(chosen.joined(separator: ", "))}"
        }
    }
}

/// Units that meet all of some conditions, each on another covariate.
package struct Subgroup: Sendable, Equatable, Codable {
    package let conditions: [Condition]

    package init(_ conditions: [Condition]) { self.conditions = conditions }

    package func text(_ covariates: [Covariate]) -> String {
        conditions.isEmpty ? "all units" : conditions.map { $0.text(covariates) }.joined(separator: " and ")
    }

    /// Whether each of the units belongs.
    /// - Complexity: O(units x conditions).
    package func members(_ experiment: Experiment, units: Range<Int>) -> [Bool] {
        var members = [Bool](repeating: true, count: units.count)
        for condition in conditions {
            let values = experiment.covariates[condition.covariate].values
            for (place, unit) in units.enumerated() where members[place] {
                members[place] = condition.holds(values[unit])
            }
        }
        return members
    }
}

extension Subgroup {
    /// Reads conditions such as `zip_code=Rural`, `recency<=3`, `recency>3`, `age=missing`.
    /// - Throws: `EspalierError` (.usage) for an unknown covariate or level, or a condition of another form.
    package init(parsing texts: [String], covariates: [Covariate]) throws {
        try self.init(texts.map { try Self.condition($0, covariates) })
    }

    private static func condition(_ text: String, _ covariates: [Covariate]) throws -> Condition {
        guard let sign = ["<=", ">", "="].first(where: { text.contains($0) }), let range = text.range(of: sign) else {
            throw EspalierError(
                .usage, "\(text) is no condition",
                remedy: "write covariate=level, covariate<=number or covariate>number")
        }
        let name = text[..<range.lowerBound].trimmingCharacters(in: .whitespaces)
        let value = text[range.upperBound...].trimmingCharacters(in: .whitespaces)
        guard let index = covariates.firstIndex(where: { $0.name == name }) else {
            throw EspalierError(
                .usage, "there is no covariate \(name)",
                remedy: NearestName.hint(name, among: covariates.map(\.name))
                    ?? "choose one of: \(covariates.map(\.name).joined(separator: ", "))")
        }
        switch (covariates[index].encoding, sign) {
        case (.categorical(let levels), "="):
            if let code = levels.firstIndex(of: value) { return Condition(covariate: index, rule: .levels([code])) }
            guard value == "missing" else {
                throw EspalierError(
                    .usage, "the covariate \(name) has no level \(value)",
                    remedy: NearestName.hint(value, among: levels))
            }
            return Condition(covariate: index, rule: .missing)
        case (.categorical, _):
            throw EspalierError(.usage, "the levels of \(name) have no order", remedy: "write \(name)=level")
        case (.numeric(let centre), _):
            if sign == "=", value == "missing" { return Condition(covariate: index, rule: .missing) }
            guard let number = Double(value), number.isFinite else {
                throw EspalierError(.usage, "\(value) is no number", remedy: "write \(name)<=5, \(name)>5 or \(name)=5")
            }
            let encoded = Float(number - centre)
            switch sign {
            case "<=": return Condition(covariate: index, rule: .atMost(encoded))
            case ">": return Condition(covariate: index, rule: .above(encoded))
            default: return Condition(covariate: index, rule: .equal(encoded))
            }
        }
    }
}
