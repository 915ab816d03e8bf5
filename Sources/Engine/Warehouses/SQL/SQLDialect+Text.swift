/// Names and texts.
extension SQLDialect {
    /// The name of a column.
    package func identifier(_ text: String) -> String {
        switch name {
        case .ansi, .postgresql, .duckdb, .snowflake: SQLText.identifier(text)
        case .spark, .mysql: "`" + text.replacing("`", with: "``") + "`"
        case .bigquery: "`" + text.replacing("\\", with: "\\\\").replacing("`", with: "\\`") + "`"
        }
    }

    /// A text between quotes: backslashes escape in Spark, Snowflake, BigQuery and MySQL, and stand for themselves elsewhere.
    package func literal(_ text: String) -> String {
        guard escapesByBackslash else { return SQLText.literal(text) }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "'": escaped += "\\'"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            // Spark puts the values of its settings where it sees ${name}, before it reads the query.
            case "$" where name == .spark: escaped += "\\u0024"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "'" + escaped + "'"
    }

    private var escapesByBackslash: Bool {
        switch name {
        case .ansi, .postgresql, .duckdb: false
        case .spark, .snowflake, .bigquery, .mysql: true
        }
    }

    /// A value as the text by which levels and ids are compared: letter by letter, capitals and blanks told apart.
    package func text(_ expression: String) -> String {
        switch name {
        case .ansi: "CAST(\(expression) AS VARCHAR(1000))"
        case .postgresql: "CAST(\(expression) AS text)"
        case .duckdb, .snowflake: "CAST(\(expression) AS VARCHAR)"
        case .spark, .bigquery: "CAST(\(expression) AS STRING)"
        case .mysql: "CAST(\(expression) AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin"
        }
    }

    /// A moment with a zone as the text of its time in UTC.
    package func universalTime(_ expression: String) -> String {
        // Spark writes it in the session's zone, which is UTC, and has no other kind of text for it.
        name == .spark ? text(expression) : text("\(expression) AT TIME ZONE 'UTC'")
    }

    /// The text of a floating-point number, a whole one as integers are written.
    package func shortText(_ expression: String) -> String {
        "regexp_replace(\(text(expression)), \(literal("\\.0$")), '')"
    }

    /// One text behind another.
    package func concatenation(_ first: String, _ second: String) -> String {
        name == .mysql ? "CONCAT(\(first), \(second))" : "\(first) || \(second)"
    }

    /// A column of numbers or truth values as doubles; NaN is left as it is.
    package func number(column: String) -> String {
        // PostgreSQL alone refuses to make doubles of truth values, and the column's type is not known here.
        name == .postgresql
            ? "CASE \(text(column)) WHEN 'true' THEN '1'::float8 WHEN 'false' THEN '0'::float8 "
                + "ELSE CAST(\(text(column)) AS float8) END"
            : double(column)
    }

    /// A double that is NULL where it is no number.
    package func known(_ expression: String) -> String {
        switch name {
        case .postgresql: "NULLIF(\(expression), 'NaN'::float8)"
        case .duckdb: "NULLIF(\(expression), 'NaN'::DOUBLE)"
        case .spark: "NULLIF(\(expression), double('NaN'))"
        case .snowflake: "NULLIF(\(expression), 'NaN'::FLOAT)"
        case .bigquery: "IF(IS_NAN(\(expression)), NULL, \(expression))"
        case .ansi, .mysql: expression
        }
    }

    /// What ends a query whose columns are used more than once, so that they are computed once.
    package var fence: String { name == .postgresql ? " OFFSET 0" : "" }

    /// The hyperbolic tangent of a double.
    package func tanh(_ expression: String) -> String {
        name == .mysql ? "(1e0 - 2e0 / (EXP(2e0 * \(expression)) + 1e0))" : "tanh(\(expression))"
    }
}
