import Experiments
import Foundation
import Runtime
import Texts

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
