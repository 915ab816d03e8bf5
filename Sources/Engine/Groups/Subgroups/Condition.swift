import Experiments
import Foundation

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

    /// The codes of its levels; nil where it is not about levels.
    var codes: [Int]? {
        if case .levels(let codes) = rule { codes } else { nil }
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

    /// "recency <= 5", "zip_code = Rural", "zip_code is not Rural", "age is missing".
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
            let others = names.indices.filter { !codes.contains($0) }
            if others.count == 1 { return "\(covariate.name) is not \(names[others[0]])" }
            return chosen.count > 4
                ? "\(covariate.name) in \(chosen.count) other levels"
                : "\(covariate.name) in {\(chosen.joined(separator: ", "))}"
        }
    }
}
