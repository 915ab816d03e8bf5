import ArgumentParser
import Texts
import Warehouses

struct Engines: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "List the engines that read Parquet files and databases, and the command that installs a missing one.",
        discussion: """
            DuckDB is run as a command, PostgreSQL and Spark Connect are asked through the libraries of their ADBC drivers. Each is \
            looked for in the environment variable ESPALIER_DUCKDB, ESPALIER_ADBC_POSTGRESQL or ESPALIER_ADBC_SPARK, under \
            engines in config.yaml, on PATH, and in \
            $XDG_DATA_HOME/espalier/engines, which may be an environment of Python (~/.local/share where XDG_DATA_HOME is not set).
            """)

    @OptionGroup var format: FormatOption

    func run() throws {
        let search = EngineSearch()
        let engines = try EngineListing.all(by: search)
        if format.format == .json { return try Output.write(json: engines) }
        var table = TextTable(["engine", "reads", "version", "command"], textColumns: [0, 1, 2, 3])
        table.rows = engines.map { [$0.engine.title, $0.engine.purpose, $0.version ?? "", $0.path ?? "not found"] }
        var text = table.text(format.format)
        if format.format == .table {
            for missing in engines where !missing.found {
                text += "\(missing.engine.title) is installed by: \(search.installation(of: missing.engine))\n"
            }
        }
        try Output.write(text)
    }
}
