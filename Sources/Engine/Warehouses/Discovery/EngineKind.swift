/// An engine that answers questions in SQL.
package enum EngineKind: String, Sendable, Codable, CaseIterable {
    /// By its command, one child a question.
    case duckdb
    /// By its ADBC driver, a library.
    case postgresql
    /// Spark Connect, by its ADBC driver.
    case spark

    /// As a sentence names it.
    package var title: String {
        switch self {
        case .duckdb: "DuckDB"
        case .postgresql: "PostgreSQL"
        case .spark: "Spark"
        }
    }

    /// What asks it.
    package var door: String {
        switch self {
        case .duckdb: "DuckDB"
        case .postgresql, .spark: "its ADBC driver"
        }
    }

    /// What it reads.
    package var purpose: String {
        switch self {
        case .duckdb: "Parquet files and DuckDB databases"
        case .postgresql: "tables of PostgreSQL"
        case .spark: "tables of Spark"
        }
    }

    /// The environment variable that names its command or library, before all other places.
    package var variable: String {
        switch self {
        case .duckdb: "ESPALIER_DUCKDB"
        case .postgresql: "ESPALIER_ADBC_POSTGRESQL"
        case .spark: "ESPALIER_ADBC_SPARK"
        }
    }

    /// The environment variable that holds the token by which a server lets one in, as its own clients read it; nil where drivers
    /// look for passwords themselves.
    var tokenVariable: String? { self == .spark ? "SPARK_CONNECT_AUTHENTICATE_TOKEN" : nil }

    /// The driver's option that takes it.
    var tokenOption: String? { self == .spark ? "adbc.spark.token" : nil }

    /// What a person is told where a server lets nobody in.
    package var passwordPlace: String {
        tokenVariable.map { "put the token into \($0)" } ?? "put the password into ~/.pgpass or PGPASSWORD"
    }

    /// How its addresses are written.
    package var addressForm: String? {
        switch self {
        case .duckdb: nil
        case .postgresql: "postgresql://host/database"
        case .spark: "sc://host:15002"
        }
    }

    /// The file's name.
    var command: String {
        switch self {
        case .duckdb: "duckdb"
        case .postgresql: "libadbc_driver_postgresql.so"
        case .spark: "libadbc_driver_spark.so"
        }
    }

    /// Where it stands inside an environment of Python, from `site-packages` on.
    var wheelPath: String {
        switch self {
        case .duckdb: "duckdb_cli/duckdb"
        case .postgresql: "adbc_driver_postgresql/libadbc_driver_postgresql.so"
        case .spark: "adbc_driver_spark/libadbc_driver_spark.so"
        }
    }

    /// The package that holds it on PyPI.
    var wheel: String {
        switch self {
        case .duckdb: "duckdb-cli"
        case .postgresql: "adbc-driver-postgresql"
        case .spark: "adbc-driver-spark"
        }
    }

    /// Whether it is loaded rather than run.
    var isLibrary: Bool { self != .duckdb }
}
