import Runtime
import Texts
import Warehouses

/// A column's values as SQL computes with them, where the rows stay in the engine.
extension EngineColumn {
    /// Its values as doubles; NaN is left as it is.
    /// - Throws: `EspalierError(.data)` for a type that is none of numbers or truth values.
    package func number(_ dialect: SQLDialect, for purpose: String, file: String) throws -> String {
        let column = dialect.identifier(name)
        switch family {
        case .integer, .decimal, .floating: return dialect.double(column)
        case .boolean:
            return "CASE WHEN \(column) THEN \(dialect.literal(1)) WHEN NOT \(column) THEN \(dialect.literal(0)) END"
        case .text, .moment, .zonedMoment, nil:
            throw refusal(purpose, "and numbers are needed", "make numbers of them in a query", file)
        }
    }

    /// Its values as the texts by which arms and levels are called.
    /// - Throws: `EspalierError(.data)` for a type that has none.
    package func label(_ dialect: SQLDialect, for purpose: String, file: String) throws -> String {
        let column = dialect.identifier(name)
        switch family {
        case .text: return type == "VARCHAR" ? column : dialect.text(column)
        case .integer, .boolean, .moment, .decimal: return dialect.text(column)
        case .floating: return dialect.shortText(column)
        case .zonedMoment: return dialect.universalTime(column)
        case nil:
            throw refusal(
                purpose, "which are neither numbers nor texts", "make a column of what is wanted in a query", file)
        }
    }

    /// Its values as the texts of ids.
    /// - Throws: `EspalierError(.data)` for a type whose texts are not the same everywhere.
    package func identity(_ dialect: SQLDialect, for purpose: String, file: String) throws -> String {
        guard canBeKey else {
            throw refusal(
                purpose, "and ids are integers or texts", "store them as one of these, or as texts in a query", file)
        }
        return try label(dialect, for: purpose, file: file)
    }

    /// Whether its levels are told apart by text where the spec does not say.
    package var isCategorical: Bool { isOfTexts }

    private func refusal(_ purpose: String, _ why: String, _ remedy: String, _ file: String) -> EspalierError {
        let shown = type.count > 40 ? type.prefix(40) + "…" : type
        return EspalierError(
            .data, "the \(purpose) column \(DisplayText.quoted(name)) holds values of the type \(shown), \(why)",
            file: file, remedy: remedy)
    }
}
