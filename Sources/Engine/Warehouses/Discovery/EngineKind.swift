/// An engine that answers questions in SQL.
package enum EngineKind: String, Sendable, Codable, CaseIterable {
    /// By its command, one child a question.
    case duckdb
    /// By its ADBC driver, a library.
    case postgresql

    /// As a sentence names it.
    package var title: String {
        switch self {
        case .duckdb: "DuckDB"
        case .postgresql: "PostgreSQL"
        }
    }

    /// What asks it.
    package var door: String {
        switch self {
        case .duckdb: "DuckDB"
        case .postgresql: "its ADBC driver"
        }
    }

    /// What it reads.
    package var purpose: String {
        switch self {
        case .duckdb: "Parquet files and DuckDB databases"
        case .postgresql: "tables of PostgreSQL"
        }
    }

    /// The environment variable that names its command or library, before all other places.
    package var variable: String {
        switch self {
        case .duckdb: "ESPALIER_DUCKDB"
        case .postgresql: "ESPALIER_ADBC_POSTGRESQL"
        }
    }

    /// The file's name.
    var command: String {
        switch self {
        case .duckdb: "duckdb"
        case .postgresql: "libadbc_driver_postgresql.so"
        }
    }

    /// Where it stands inside an environment of Python, from `site-packages` on.
    var wheelPath: String {
        switch self {
        case .duckdb: "duckdb_cli/duckdb"
        case .postgresql: "adbc_driver_postgresql/libadbc_driver_postgresql.so"
        }
    }

    /// The package that holds it on PyPI.
    var wheel: String {
        switch self {
        case .duckdb: "duckdb-cli"
        case .postgresql: "adbc-driver-postgresql"
        }
    }

    /// Whether it is loaded rather than run.
    var isLibrary: Bool { self == .postgresql }
}
