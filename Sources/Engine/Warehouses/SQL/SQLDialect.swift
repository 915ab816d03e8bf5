/// How an engine wants its SQL where engines differ: types, numbers, texts and what is missing.
package struct SQLDialect: Sendable, Equatable {
    package let name: Name

    package init(name: Name) { self.name = name }

    package init(_ engine: EngineKind) {
        switch engine {
        case .duckdb: name = .duckdb
        case .postgresql: name = .postgresql
        case .spark: name = .spark
        }
    }

    /// The narrowest type that holds a bin, from 0 to 255.
    package var binType: String {
        name == .duckdb ? "UTINYINT" : "SMALLINT"
    }

    /// What is set once for a session: a question of hundreds of branches is compiled for longer than it runs.
    var sessionSettings: [String] {
        switch name {
        case .postgresql: ["SET jit = off", "SET work_mem = '256MB'", "SET timezone = 'UTC'"]
        case .spark: ["SET spark.sql.session.timeZone = UTC"]
        case .ansi, .duckdb, .snowflake, .bigquery, .mysql: []
        }
    }

    /// A statement that keeps the rows of a query under a name as long as the session lasts.
    func makingTable(_ table: String, as query: String) -> String {
        // Spark has no tables of a session's own; a view of one whose rows it keeps serves as well.
        name == .spark
            ? "CACHE TABLE \(identifier(table)) AS \(query)" : "CREATE TEMPORARY TABLE \(identifier(table)) AS \(query)"
    }

    /// A statement that frees what such a table holds before the session ends, where the session does not.
    func freeingTable(_ table: String) -> String? {
        name == .spark ? "UNCACHE TABLE IF EXISTS \(identifier(table))" : nil
    }

    /// Whether several columns are made rows of one by `stack`, which is quicker there than a question for each.
    package var stacks: Bool { name == .spark }

    /// A number that is a double and nothing else: engines take what has no exponent, or any, for a decimal.
    package func literal(_ number: Double) -> String {
        let text = "\(number)"
        let exponential = text.contains("e") ? text : text + "e0"
        switch name {
        case .postgresql: return "'\(text)'::float8"
        case .snowflake: return exponential + "::FLOAT"
        case .ansi, .duckdb, .spark, .bigquery, .mysql: return exponential
        }
    }

    /// A value as a double.
    package func double(_ expression: String) -> String {
        let type =
            switch name {
            case .ansi, .postgresql, .duckdb: "DOUBLE PRECISION"
            case .spark, .mysql: "DOUBLE"
            case .snowflake: "FLOAT"
            case .bigquery: "FLOAT64"
            }
        return "CAST(\(expression) AS \(type))"
    }

    /// Whether it computes in Float32 at all.
    package var hasReal: Bool {
        switch name {
        case .ansi, .postgresql, .duckdb, .spark: true
        case .snowflake, .bigquery, .mysql: false
        }
    }

    /// A value as Float32; where there is none, the value itself.
    package func real(_ expression: String) -> String {
        hasReal ? "CAST(\(expression) AS \(name == .spark ? "FLOAT" : "REAL"))" : expression
    }

    package func small(_ expression: String) -> String { "CAST(\(expression) AS \(binType))" }

    /// Whether a double is no number.
    package func isNaN(_ expression: String) -> String {
        switch name {
        case .duckdb, .spark: "isnan(\(expression))"
        case .postgresql: "(\(expression)) = 'NaN'::float8"
        case .snowflake: "(\(expression)) = 'NaN'::FLOAT"
        case .bigquery: "IS_NAN(\(expression))"
        // They know of no such doubles.
        case .ansi, .mysql: "1 = 0"
        }
    }

    /// Whether a double is beyond all numbers.
    package func isInfinite(_ expression: String) -> String {
        switch name {
        case .duckdb: "isinf(\(expression))"
        case .spark: "(\(expression)) IN (double('Infinity'), double('-Infinity'))"
        case .ansi, .postgresql, .snowflake, .bigquery, .mysql:
            "(\(expression)) IN ('Infinity'::float8, '-Infinity'::float8)"
        }
    }

    /// Whether one text comes before another by its bytes, whatever the locale.
    package func precedes(_ expression: String, _ text: String) -> String {
        "\(expression)\(name == .postgresql ? " COLLATE \"C\"" : "") < \(literal(text))"
    }

    /// A sum of integers as one of 64 bits.
    package func integer(_ expression: String) -> String { "CAST(\(expression) AS BIGINT)" }

    /// A question whose answer are the names and types of a relation's columns, in their order; nil where it takes a statement.
    package func columns(of relation: String) -> String {
        switch name {
        case .postgresql:
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                + "WHERE attrelid = '\(relation)'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        case .spark: "DESCRIBE TABLE \(relation)"
        case .ansi, .duckdb, .snowflake, .bigquery, .mysql:
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(relation))"
        }
    }

    /// A type by the name that DuckDB has for it.
    package func typeName(_ own: String) -> String {
        switch name {
        case .postgresql: Self.postgresqlType(own)
        case .spark: Self.sparkType(own)
        case .ansi, .duckdb, .snowflake, .bigquery, .mysql: own
        }
    }

    private static func sparkType(_ own: String) -> String {
        if own.hasPrefix("string") || own.hasPrefix("varchar(") || own.hasPrefix("char(") { return "VARCHAR" }
        let known = [
            "tinyint": "TINYINT", "smallint": "SMALLINT", "int": "INTEGER", "bigint": "BIGINT", "float": "FLOAT",
            "double": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP WITH TIME ZONE",
            "timestamp_ntz": "TIMESTAMP",
        ]
        return known[own] ?? (own.hasPrefix("decimal(") ? own.uppercased() : own)
    }

    private static func postgresqlType(_ own: String) -> String {
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
