extension SQLDialect {
    /// The dialects by the names that `--dialect` takes.
    package enum Name: String, Sendable, Codable, CaseIterable {
        case ansi, postgresql, duckdb, spark, snowflake, bigquery, mysql

        /// As a sentence or a comment names it.
        package var title: String {
            switch self {
            case .ansi: "ANSI SQL"
            case .postgresql: "PostgreSQL"
            case .duckdb: "DuckDB"
            case .spark: "Spark SQL"
            case .snowflake: "Snowflake"
            case .bigquery: "BigQuery"
            case .mysql: "MySQL"
            }
        }

        /// Bytes of text that a query may have there; nil where none is too long.
        package var queryLimit: Int? {
            switch self {
            case .snowflake, .bigquery: 1 << 20
            case .mysql: 64 << 20
            case .ansi, .postgresql, .duckdb, .spark: nil
            }
        }
    }
}
