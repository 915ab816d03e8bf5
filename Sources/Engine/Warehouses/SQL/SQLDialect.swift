/// How an engine wants its SQL where engines differ: types, numbers, texts and what is missing.
package struct SQLDialect: Sendable, Equatable {
    package let engine: EngineKind

    package init(_ engine: EngineKind) { self.engine = engine }

    /// The narrowest type that holds a bin, from 0 to 255.
    package var binType: String {
        switch engine {
        case .duckdb: "UTINYINT"
        case .postgresql: "SMALLINT"
        }
    }

    /// What is set once for a session: a question of hundreds of branches is compiled for longer than it runs.
    var sessionSettings: [String] {
        switch engine {
        case .duckdb: []
        case .postgresql: ["SET jit = off", "SET work_mem = '256MB'", "SET timezone = 'UTC'"]
        }
    }

    /// What is written in front of a table of a WITH clause, so that it is made once.
    package var materialized: String { "MATERIALIZED" }

    /// A number that is a double and nothing else: engines take what has no exponent, or any, for a decimal.
    package func literal(_ number: Double) -> String {
        let text = "\(number)"
        switch engine {
        case .duckdb: return text.contains("e") ? text : text + "e0"
        case .postgresql: return "'\(text)'::float8"
        }
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
        case .postgresql: "(\(expression)) = 'NaN'::float8"
        }
    }

    /// Whether a double is beyond all numbers.
    package func isInfinite(_ expression: String) -> String {
        switch engine {
        case .duckdb: "isinf(\(expression))"
        case .postgresql: "(\(expression)) IN ('Infinity'::float8, '-Infinity'::float8)"
        }
    }

    /// Whether one text comes before another by its bytes, whatever the locale.
    package func precedes(_ expression: String, _ text: String) -> String {
        switch engine {
        case .duckdb: "\(expression) < \(SQLText.literal(text))"
        case .postgresql: "\(expression) COLLATE \"C\" < \(SQLText.literal(text))"
        }
    }

    /// A sum of integers as one of 64 bits.
    package func integer(_ expression: String) -> String { "CAST(\(expression) AS BIGINT)" }

    /// A question whose answer are the names and types of a relation's columns, in their order; nil where it takes a statement.
    package func columns(of relation: String) -> String {
        switch engine {
        case .duckdb: "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(relation))"
        case .postgresql:
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                + "WHERE attrelid = '\(relation)'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        }
    }

    /// A type by the name that DuckDB has for it.
    package func typeName(_ own: String) -> String {
        guard engine == .postgresql else { return own }
        if own.hasPrefix("numeric") { return "DECIMAL(" + own.dropFirst("numeric".count) + ")" }
        if own.hasPrefix("character") || ["text", "name", "citext"].contains(own) { return "VARCHAR" }
        if own.hasPrefix("timestamp") {
            return own.hasSuffix("with time zone") ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP"
        }
        let known = [
            "smallint": "SMALLINT", "integer": "INTEGER", "bigint": "BIGINT", "real": "FLOAT",
            "double precision": "DOUBLE", "boolean": "BOOLEAN", "uuid": "UUID", "json": "JSON", "date": "DATE",
        ]
        return known[own] ?? own
    }
}
