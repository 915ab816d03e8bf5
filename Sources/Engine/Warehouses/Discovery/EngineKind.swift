/// An engine that answers questions in SQL.
package enum EngineKind: String, Sendable, Codable, CaseIterable {
    case duckdb

    /// As a sentence names it.
    package var title: String {
        switch self {
        case .duckdb: "DuckDB"
        }
    }

    /// What it reads.
    package var purpose: String {
        switch self {
        case .duckdb: "Parquet files and DuckDB databases"
        }
    }

    /// The environment variable that names its command, before all other places.
    package var variable: String {
        switch self {
        case .duckdb: "ESPALIER_DUCKDB"
        }
    }

    /// The command's file name.
    var command: String {
        switch self {
        case .duckdb: "duckdb"
        }
    }

    /// Where the command stands inside an environment of Python, from `site-packages` on.
    var wheelPath: String {
        switch self {
        case .duckdb: "duckdb_cli/duckdb"
        }
    }

    /// The package that holds it on PyPI.
    var wheel: String {
        switch self {
        case .duckdb: "duckdb-cli"
        }
    }
}
