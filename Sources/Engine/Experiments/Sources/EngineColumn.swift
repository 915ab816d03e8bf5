import Runtime
import Texts
import Warehouses

/// A column of an engine's rows: its name, and how values of its type become the fields of CSV that the reader takes.
package struct EngineColumn: Sendable, Equatable {
    package let name: String
    /// As the engine writes it, such as DECIMAL(9,2).
    let type: String

    enum Family {
        case integer, decimal, floating, boolean, text, moment, zonedMoment
    }

    private static let families: [String: Family] = [
        "TINYINT": .integer, "SMALLINT": .integer, "INTEGER": .integer, "BIGINT": .integer, "HUGEINT": .integer,
        "UTINYINT": .integer, "USMALLINT": .integer, "UINTEGER": .integer, "UBIGINT": .integer, "UHUGEINT": .integer,
        "FLOAT": .floating, "DOUBLE": .floating, "BOOLEAN": .boolean, "VARCHAR": .text, "UUID": .text, "JSON": .text,
        "DATE": .moment, "TIME": .moment, "TIMESTAMP": .moment, "TIMESTAMP_S": .moment, "TIMESTAMP_MS": .moment,
        "TIMESTAMP_NS": .moment, "TIMESTAMP WITH TIME ZONE": .zonedMoment,
    ]

    var family: Family? {
        if let family = Self.families[type] { return family }
        // Lists and arrays end in brackets, whatever they are of.
        guard type.hasSuffix(")") else { return nil }
        return type.hasPrefix("DECIMAL(") ? .decimal : type.hasPrefix("ENUM(") ? .text : nil
    }

    /// Whether its values can be read at all; those of lists, structures and bytes cannot.
    var isReadable: Bool { family != nil }

    /// Whether its values are numbers by type, so that no text can be among them.
    var isNumeric: Bool {
        switch family {
        case .integer, .decimal, .floating: true
        default: false
        }
    }

    /// Whether it holds texts by type, also where all of them happen to be numbers.
    var isOfTexts: Bool {
        switch family {
        case .text, .moment, .zonedMoment: true
        default: false
        }
    }

    /// Whether its values can be ids: integers and texts, whose text is the same everywhere.
    var canBeKey: Bool { family == .integer || family == .text }

    /// Whether fields are to be in quotes, since blanks around a text are part of it.
    var isQuoted: Bool { family == .text }

    /// Its values as a field of CSV, under its own name.
    /// - Throws: `EspalierError(.data)` for a type that cannot be read so.
    func expression(for request: ColumnRequest, _ dialect: SQLDialect, file: String) throws -> String {
        let column = dialect.identifier(name)
        guard let family else {
            throw refusal(
                request, "which are neither numbers nor texts",
                "leave it out, or make a column of what is wanted in it",
                file: file)
        }
        let isKey = request.reading == .key || request.reading == .identity
        if isKey, !canBeKey {
            throw refusal(
                request, "and ids are integers or texts", "store them as one of these, or as texts in a query",
                file: file)
        }
        let value =
            switch family {
            case .integer: column
            case .text: type == "VARCHAR" || dialect.name == .duckdb ? column : dialect.text(column)
            // The reader takes texts, and of these types a driver may send something else.
            case .decimal, .boolean, .moment:
                dialect.name == .duckdb ? column : dialect.text(column)
            case .zonedMoment: dialect.universalTime(column)
            case .floating:
                switch request.reading {
                // What a FLOAT holds, not the shortest text that gives it back.
                case .number, .undecided: type == "FLOAT" ? dialect.double(column) : column
                // A level or an arm is called 3 whether integers or doubles hold it.
                default: dialect.shortText(column)
                }
            }
        return value == column ? column : "\(value) AS \(column)"
    }

    private func refusal(_ request: ColumnRequest, _ why: String, _ remedy: String, file: String) -> EspalierError {
        let shown = type.count > 40 ? type.prefix(40) + "…" : type
        return EspalierError(
            .data,
            "the \(request.purpose) column \(DisplayText.quoted(name)) holds values of the type \(shown), \(why)",
            file: file, remedy: remedy)
    }
}
