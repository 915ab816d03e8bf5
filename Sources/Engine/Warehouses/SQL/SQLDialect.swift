/// How an engine wants its SQL where engines differ: types, numbers, texts and what is missing.
package struct SQLDialect: Sendable, Equatable {
    package let engine: EngineKind

    package init(_ engine: EngineKind) { self.engine = engine }

    /// The narrowest type that holds a bin, from 0 to 255.
    package var binType: String {
        switch engine {
        case .duckdb: "UTINYINT"
        }
    }

    /// What may be written in front of a table of a WITH clause, so that it is made once.
    package var materialized: String { "MATERIALIZED" }

    /// A number that is a double and nothing else: without an exponent DuckDB takes it for a decimal.
    package func literal(_ number: Double) -> String {
        let text = "\(number)"
        return text.contains("e") ? text : text + "e0"
    }

    /// A value as a double.
    package func double(_ expression: String) -> String { "CAST(\(expression) AS DOUBLE PRECISION)" }

    /// A value as Float32.
    package func real(_ expression: String) -> String { "CAST(\(expression) AS REAL)" }

    package func small(_ expression: String) -> String { "CAST(\(expression) AS \(binType))" }

    /// Whether a double is no number.
    package func isNaN(_ expression: String) -> String {
        switch engine {
        case .duckdb: "isnan(\(expression))"
        }
    }

    /// Whether a double is beyond all numbers.
    package func isInfinite(_ expression: String) -> String {
        switch engine {
        case .duckdb: "isinf(\(expression))"
        }
    }

    /// Whether one text comes before another by its bytes, whatever the locale.
    package func precedes(_ expression: String, _ text: String) -> String {
        switch engine {
        case .duckdb: "\(expression) < \(SQLText.literal(text))"
        }
    }

    /// A sum of integers as one of 64 bits.
    package func integer(_ expression: String) -> String { "CAST(\(expression) AS BIGINT)" }
}
