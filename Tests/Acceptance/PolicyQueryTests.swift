import Foundation
import Runtime
import Testing
import VirtualTerminal
import WarehouseFixtures
import Warehouses

/// Policies as queries give every unit what `assign` gives it, in DuckDB and PostgreSQL, and in Spark where `ESPALIER_SPARK_PYTHON`
/// names a Python that has pyspark.
@Suite(.serialized, .enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)"))
struct PolicyQueryTests {
    /// Units in a file of CSV, with the types of its columns.
    private struct Units {
        let path: String
        let columns: [(name: String, type: String)]

        var definition: String { columns.map { "\(SQLText.identifier($0.name)) \($0.type)" }.joined(separator: ", ") }
    }

    private func run(_ arguments: [String], code: Int32 = 0) throws -> CommandLineTests.Run {
        let run = try CommandLineTests.espalier(arguments)
        #expect(run.code == code, "\(arguments): \(run.errors)")
        return run
    }

    /// Arm and holdout by unit, as `assign` has them.
    private func assigned(_ policy: String, _ units: Units) throws -> [String: String] {
        struct Line: Decodable {
            let unit: String
            let arm: String
            let holdout: Int
        }
        let lines = try run(["assign", policy, units.path, "--format", "jsonl"]).output.split(separator: "\n")
        let rows = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        return Dictionary(rows.map { ($0.unit, "\($0.arm)|\($0.holdout)") }) { first, _ in first }
    }

    private func rows(_ answer: Answer) -> [String: String] {
        var rows: [String: String] = [:]
        for row in 0..<answer.rowCount {
            rows[answer[0].texts[row] ?? ""] = "\(answer[1].texts[row] ?? "")|\(answer[2].integers[row] ?? -1)"
        }
        return rows
    }

    private func query(_ sql: String) -> String {
        "SELECT unit, arm, CAST(holdout AS BIGINT) AS holdout FROM (\n\(sql)) answer"
    }

    /// What each engine that is here answers.
    private func answers(_ export: [String], _ units: Units) throws -> [(engine: String, rows: [String: String])] {
        func sql(_ dialect: String, table: String) throws -> String {
            try run(export + ["--format", "sql", "--dialect", dialect, "--table", table]).output
        }
        let kinds: [AnswerColumn.Kind] = [.text, .text, .integer]
        let types = units.columns.map { "\(SQLText.literal($0.name)): '\($0.type)'" }.joined(separator: ", ")
        let table = "read_csv(\(SQLText.literal(units.path)), header = true, columns = {\(types)})"
        let duckdb = DuckDBCommand(try EngineSearch().require(.duckdb), threads: 1)
        var answers = [
            ("DuckDB", rows(try duckdb.ask(query(sql("duckdb", table: table)), kinds)))
        ]
        if PostgreSQLServer.isInstalled {
            let server = try PostgreSQLServer()
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: URL(filePath: units.path).deletingLastPathComponent().path)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: units.path)
            try server.psql("CREATE TABLE m (\(units.definition)); COPY m FROM '\(units.path)' CSV HEADER")
            let connection = try ADBCConnection(EngineSearch().require(.postgresql), uri: server.uri)
            answers.append(
                (
                    "PostgreSQL",
                    rows(try connection.ask(query(sql("postgresql", table: "m")), kinds, cancellation: Cancellation()))
                ))
        } else {
            print("skipped: \(PostgreSQLServer.missing)")
        }
        if let python = ProcessInfo.processInfo.environment["ESPALIER_SPARK_PYTHON"] {
            answers.append(("Spark", try spark(python, sql("spark", table: "m"), units)))
        }
        return answers
    }

    private func spark(_ python: String, _ sql: String, _ units: Units) throws -> [String: String] {
        let script = """
            import csv, sys
            from pyspark.sql import SparkSession
            session = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                       .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                       .config("spark.driver.memory", "4g").getOrCreate())
            session.sparkContext.setLogLevel("OFF")
            units = session.read.csv(sys.argv[1], header=True, schema=sys.argv[2], nullValue="", escape='"')
            units.createOrReplaceTempView("m")
            with open(sys.argv[4], "w", newline="") as out:
                for row in session.sql(open(sys.argv[3]).read()).collect():
                    print(row["unit"] + "\\t" + str(row["arm"]) + "|" + str(row["holdout"]), file=out)
            """
        let place = NSTemporaryDirectory() + "/" + UUID().uuidString
        try Data(script.utf8).write(to: URL(filePath: place + ".py"))
        try Data(sql.utf8).write(to: URL(filePath: place + ".sql"))
        let dialect = SQLDialect(name: .spark)
        let types = ["float8": "double", "boolean": "boolean"]
        let schema = units.columns.map { "\(dialect.identifier($0.name)) \(types[$0.type] ?? "string")" }
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [place + ".py", units.path, schema.joined(separator: ", "), place + ".sql", place + ".tsv"]
        try process.run()
        process.waitUntilExit()
        let lines = try String(contentsOfFile: place + ".tsv", encoding: .utf8).split(separator: "\n")
        return Dictionary(
            lines.map { line in
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                return (fields[0], fields[1])
            }
        ) { first, _ in first }
    }

    private func agree(_ export: [String], _ units: Units, in folder: String, _ comment: String) throws {
        let policy = folder + "/\(UUID().uuidString).json"
        _ = try run(export + ["-o", policy])
        let own = try assigned(policy, units)
        #expect(Set(own.values).count > 1)
        for answer in try answers(export, units) {
            #expect(answer.rows.count == own.count, "\(comment) in \(answer.engine)")
            let differing = own.filter { answer.rows[$0.key] != $0.value }
            #expect(differing.isEmpty, "\(comment) in \(answer.engine): \(differing.count), \(differing.prefix(3))")
        }
    }

    private struct Kind: CustomTestStringConvertible {
        let testDescription: String
        let command: [String]
        let export: [String]
    }

    private static let kinds = [
        Kind(
            testDescription: "linear", command: ["add", "--weight", "ctr=12", "--weight", "disables=38"],
            export: ["--holdout", "0.1"]),
        Kind(
            testDescription: "linear that explores", command: ["add", "--weight", "ctr=12"],
            export: ["--holdout", "0.1", "--explore", "epsilon:0.2"]),
        Kind(
            testDescription: "cohort",
            command: ["allocate", "--cohorts", "merged", "--no-confirm", "--bootstrap", "0", "--add"],
            export: ["--holdout", "0.2"]),
        Kind(
            testDescription: "ranking by a network",
            command: ["rank", "--cost", "disables", "--ranker", "drm-network", "--budget", "share:0.3", "--add"],
            export: []),
    ]

    @Test func queriesAgreeWithAssignOnEveryUnit() throws {
        let small = try SmallStudy(units: 4_000)
        let place = small.folder.appendingPathComponent("more").path
        _ = try run(["simulate", "notifications", "-o", place, "--units", "6000", "--seed", "9"])
        var lines = try SmallStudy.unpacked(place + "/units.csv.gz").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let header = lines[0].map(String.init)
        let (number, level) = (
            try #require(header.firstIndex(of: "past_ctr")), try #require(header.firstIndex(of: "device"))
        )
        for row in lines.indices.dropFirst() {
            if row % 7 == 0 { lines[row][number] = "" }
            if row % 11 == 0 { lines[row][level] = "" }
            if row % 13 == 0 { lines[row][level] = "fridge" }
        }
        let path = small.folder.appendingPathComponent("more.csv").path
        try lines.map { $0.joined(separator: ",") + "\n" }.joined()
            .write(toFile: path, atomically: true, encoding: .utf8)
        let texts: Set = ["member", "arm", "segment", "region", "language", "device"]
        let units = Units(path: path, columns: header.map { ($0, texts.contains($0) ? "text" : "float8") })
        for kind in Self.kinds {
            let study = try small.copy("query-\(UUID().uuidString)")
            _ = try run([kind.command[0], study] + kind.command.dropFirst())
            try agree(
                ["export", study, "--candidate", "1"] + kind.export, units, in: small.folder.path, kind.testDescription)
        }
    }

    /// Quotes, backslashes, capitals, blanks and letters of other scripts in columns, arms and levels; units drawn by MD5 of their
    /// cluster; a column of truth values.
    @Test(arguments: ["t", "r", "tree"]) func strangeNamesAreQuoted(learner: String) throws {
        try CommandLineTests.inFolder { folder in
            let names = (unit: #"id "of" unit"#, cluster: "clu'ster`", x: #"x\1 é"#, flag: "Flag`", level: "le-vel $x")
            let arms = ["control", #"it's \"b\" ${user}"#, "Zoë — 東京"]
            let levels = ["plain", "PLAIN", "it's", #"back\slash"#, "Zoë", #"a "b""#, "${x}", "plain "]
            func field(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
            func write(_ count: Int, from first: Int, to path: String) throws {
                let header = [names.unit, names.cluster, "arm", names.x, names.flag, names.level, "y", "cost"]
                var text = header.map(field).joined(separator: ",") + "\n"
                var state = UInt64(first + 1)
                func random() -> Double {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Double(state >> 11) * 0x1p-53
                }
                for unit in first..<first + count {
                    let (arm, x, flag) = (Int(random() * 3), random() * 4 - 2, random() < 0.5)
                    let level = Int(random() * Double(levels.count))
                    let sign = (x > 0 ? 1.0 : -1) - (flag ? 1 : 0)
                    let lift = Double(arm) * sign + (level == 2 && arm == 1 ? 3 : 0)
                    let isUnseen = first > 0 && unit % 17 == 0
                    let shown = unit % 19 == 0 ? "" : isUnseen ? "never'seen" : levels[level]
                    let fields = [
                        "u\(unit)", "c\(unit / 2)é", field(arms[arm]), unit % 7 == 0 ? "" : "\(x)",
                        flag ? "true" : "false", shown.isEmpty ? "" : field(shown), "\(lift + random())",
                        "\(Double(arm) * random())",
                    ]
                    text += fields.joined(separator: ",") + "\n"
                }
                try text.write(toFile: path, atomically: true, encoding: .utf8)
            }
            try write(6_000, from: 0, to: folder + "/data.csv")
            try write(4_000, from: 100_000, to: folder + "/more.csv")
            let yaml = """
                name: "strange"
                data: data.csv
                unit: \(field(names.unit).replacing("\"\"", with: "\\\""))
                cluster: "\(names.cluster)"
                treatment: {column: arm, control: control}
                outcomes: [{name: y, direction: maximize}, {name: cost, direction: minimize}]
                covariates:
                  - {column: 'x\\1 é', kind: numeric}
                  - {column: "\(names.flag)", kind: numeric}
                  - {column: "\(names.level)", kind: categorical}
                splits: {rule: md5, seed: 3, folds: 3}
                effects: {learner: \(learner)}
                """
            try yaml.write(toFile: folder + "/spec.yaml", atomically: true, encoding: .utf8)
            let study = folder + "/s.espalier"
            _ = try run(["fit", folder + "/spec.yaml", "-o", study])
            _ = try run(["add", study, "--weight", "cost=0.3"])
            let units = Units(
                path: folder + "/more.csv",
                columns: [
                    (names.unit, "text"), (names.cluster, "text"), ("arm", "text"), (names.x, "float8"),
                    (names.flag, "boolean"), (names.level, "text"), ("y", "float8"), ("cost", "float8"),
                ])
            try agree(["export", study, "--candidate", "1", "--holdout", "0.2"], units, in: folder, "strange names")
        }
    }

    @Test func whatCannotBeHadIsSaidInOneSentence() throws {
        let small = try SmallStudy()
        _ = try run(["add", small.fitted, "--weight", "ctr=3"])
        let export = ["export", small.fitted, "--candidate", "1"]
        func refused(_ arguments: [String], _ words: String) throws {
            let errors = try run(export + arguments, code: 64).errors
            #expect(errors.contains(words), "\(errors)")
        }
        let sql = ["--format", "sql", "--dialect"]
        for dialect in ["snowflake", "bigquery", "mysql"] {
            try refused(sql + [dialect], "fit with splits: {rule: md5}, or write --dialect duckdb, postgresql or spark")
        }
        try refused(sql + ["ansi"], "write --dialect duckdb, postgresql or spark")
        try refused(sql + ["duckdb", "--explore", "epsilon:0.1", "--period", "7d"], "export it without --period")
        try refused(["--dialect", "duckdb"], "--dialect, --table and --unit are of --format sql")
        let explained = try run(["explain", small.fitted, "--candidate", "1", "--format", "sql", "--dialect", "mysql"])
        #expect(explained.output.hasPrefix("-- MySQL\n") && explained.output.contains("`"))
    }
}
