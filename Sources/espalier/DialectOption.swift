import ArgumentParser
import Warehouses

extension SQLDialect.Name: ExpressibleByArgument {}

/// By which SQL names, texts and numbers are written.
struct DialectOption: ParsableArguments {
    @Option(
        name: .customLong("dialect"),
        help: "What SQL is written for: ansi, postgresql, duckdb, spark, snowflake, bigquery or mysql; default: ansi.")
    private var name: SQLDialect.Name?

    var isGiven: Bool { name != nil }
    var dialect: SQLDialect { SQLDialect(name: name ?? .ansi) }
}
