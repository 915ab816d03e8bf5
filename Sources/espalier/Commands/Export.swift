import ArgumentParser
import Foundation
import Policies
import Runtime
import Studies
import Texts
import Warehouses

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a candidate's policy as JSON, or as a query that gives units their arms.",
        discussion: """
            With --explore some of the units get an arm at random, so that what happens under the policy can be learned \
            from: `assign` then writes who explored and the propensity of every arm, which a spec reads back as \
            treatment: {propensities: [propensity_ARM, ...]}. With --period they draw anew in every period.

            --kit makes a folder to serve the policy from: the policy, its schema, a scorer in plain Python without \
            dependencies, and a page on what must be kept and logged (`espalier help serving`).

            --format sql writes the whole policy as one query of --dialect over --table, a table, a view, or a query in \
            parentheses, as SQL has it. It gives unit, arm and holdout of every row, as `assign` does: numbers are rounded \
            where the policy's models round them (not in Snowflake, BigQuery and MySQL, which compute in double precision \
            alone), NULL, NaN and levels that the policy has never seen are missing, and units fall into folds and draws by \
            the policy's own hash of their ids as texts. DuckDB, PostgreSQL and Spark have every policy; the others need \
            splits: {rule: md5} in the spec, and ANSI SQL takes policies that hash no ids. Columns have the policy's names \
            and hold numbers, truth values or texts.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, sql
    }

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Share of units that keep a random arm.")
    var holdout = 0.0
    @OptionGroup var exploration: ExplorationOptions
    @Option(name: .long, help: "How to write the policy: json or sql.")
    var format: Format = .json
    @OptionGroup var dialect: DialectOption
    @Option(name: .long, help: "Of --format sql: where the units are; default: units.")
    var table: String?
    @Option(name: .long, help: "Of --format sql: column of the unit's id, where the policy names none.")
    var unit: String?
    @Option(name: .shortAndLong, help: "Where to write; .gz compresses; default: standard output.")
    var output: String?
    @Option(name: .long, help: "A folder for the policy with all it takes to serve it.", completion: .directory)
    var kit: String?
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if kit != nil, output != nil { throw ValidationError("give --output or --kit, not both") }
        if kit != nil, format == .sql { throw ValidationError("--kit holds a policy in JSON; leave --format out") }
        if format == .json, table != nil || unit != nil || dialect.isGiven {
            throw ValidationError("--dialect, --table and --unit are of --format sql")
        }
        try exploration.check()
    }

    func run() throws {
        try Output.refuseOverwriting(output)
        try kit.map(ServingKit.refuseOverwriting)
        let study = try CommandStudy.open(study, for: .writing)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let (output, kit) = (output, kit)
        let write = writing
        let export = ExportPolicy(
            candidate: chosen.id, holdout: holdout, exploration: try exploration.rule(),
            path: kit.map { $0 + "/policy.json" } ?? output ?? "-",
            tool: "espalier \(Espalier.versionText)"
        ) { document in
            guard let kit else { return try write(document) }
            try ServingKit(document, folder: kit).write()
        }
        try study.perform(export, RunContext())
    }

    /// How the policy goes to its file.
    private var writing: @Sendable (PolicyDocument) throws -> Void {
        let output = output
        guard format == .sql else { return { try PolicyFile.write($0, to: output) } }
        let (dialect, table, unit) = (dialect.dialect, table ?? "units", unit)
        return { document in
            let text = try PolicyQuery(document, dialect: dialect, table: table, unit: unit).text()
            let size = text.utf8.count
            if let limit = dialect.name.queryLimit, size > limit {
                Diagnostics.write(
                    "espalier: the query has \(NumberText.grouped(size)) bytes, and \(dialect.name.title) takes "
                        + "\(NumberText.grouped(limit)).\n")
            }
            try Output.write(Data(text.utf8), to: output ?? "-")
        }
    }
}
