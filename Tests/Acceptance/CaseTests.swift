import Foundation
import Testing
import VirtualTerminal

/// Small inputs that nobody cleaned (Tests/Cases), each with the command that reads it and what must come of it.
@Suite struct CaseTests {
    /// What a case's command must do.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let code: Int32
        /// Texts that its output holds, and texts that it does not.
        let says: [String]
        let saysNot: [String]
        var testDescription: String { name }

        init(_ name: String, _ code: Int32, says: [String], not saysNot: [String] = []) {
            self.name = name
            self.code = code
            self.says = says
            self.saysNot = saysNot
        }
    }

    private static func marked(_ name: String, _ mark: String) -> Case {
        Case(
            "numeric-covariate-turned-text-by-\(name)", 0,
            says: [
                "\"visits\" is read as numbers with \"\(mark)\" in 10 rows of 190 taken for missing", "visits numeric",
            ])
    }

    static let cases = [
        Case(
            "assign-remedy-cannot-be-done", 0,
            says: ["visits: \"n/a\" among numbers in 1 of 100 units", "leave it empty if it is missing"],
            not: ["kind: categorical"]),
        Case(
            "assign-unknown-levels-silent", 0,
            says: [
                "country: 100 of 100 units have a level the policy has never seen, such as \"de\"",
                "perhaps \"DE\" is meant",
                "--unseen error",
            ]),
        Case("brand-infinity-check", 0, says: ["country 3 levels"]),
        Case(
            "cluster-randomised-with-user-ids", 0,
            says: [
                "\"household_id\" has only 47 values in 188 rows, and none of the 47 with several has two arms",
                "every interval is too narrow",
            ]),
        Case("control-is-1.0", 0, says: ["control: 0.0 "]),
        Case(
            "country-NA", 0, says: ["48 rows hold \"\"NA\"\", taken as missing", "text: {missing: []}"]),
        Case(
            "covariate-that-is-the-outcome", 1,
            says: [
                "\"plan_price\" explains 100.00% of the outcome \"converted\" within each arm",
                "remove it from covariates",
            ]),
        Case("data-path-of-init", 0, says: ["each of 190 units has one row"], not: ["cannot be opened"]),
        Case("escapes-in-tables", 0, says: ["\\u{1b}[31m", "\\u{7}"], not: ["^[", "^G"]),
        Case(
            "header-with-newline-vanishes", 0,
            says: ["left out: \"visits\\n(28 days)\", its name holds a line break, which no spec can name"]),
        Case("hex-ids", 0, says: ["unit: user_id"]),
        Case(
            "join-ids-partly-float", 65,
            says: [
                "19 units of units.csv have no row in metrics.csv, and 19 rows there are of units that units.csv lacks: \"1.0\" "
                    + "where units.csv has \"1\""
            ], not: ["missing: zero"]),
        Case("leave-the-arm-out-cannot-be-done", 65, says: ["others: drop"], not: ["remove the rows"]),
        Case(
            "near-duplicate-arms", 1,
            says: [
                "\"control\" and \"Control\" look like one arm written in two ways",
                "\"treated\" and \"treated \" look like one arm written in two ways",
            ]),
        marked("backslash-N", "\\N"), marked("dash", "-"), marked("dot", "."), marked("lower-na", "na"),
        marked("n-a", "n/a"),
        Case("numeric-covariate-turned-text-by-padding", 0, says: ["visits numeric"], not: ["levels that"]),
        Case(
            "numeric-covariate-turned-text-by-percent", 0,
            says: ["\"visits\" is read as 57 levels, though all of them look like numbers written {percent: true}"]),
        Case(
            "outcome-date-becomes-covariate", 0,
            says: ["left out: \"converted_date\", its name holds that of the outcome converted"],
            not: ["column: converted_date"]),
        Case(
            "outcome-with-backslash-N-becomes-covariate", 0, says: ["- name: revenue", "text: {missing: [\"\\\\N\"]}"],
            not: ["column: revenue"]),
        Case(
            "outcome-with-currency-becomes-covariate", 0, says: ["- name: revenue", "text: {currency: \"$\"}"],
            not: ["column: revenue"]),
        Case(
            "outcome-yes-no-becomes-covariate", 0, says: ["- name: converted", "text: {yes: [\"Yes\"], no: [\"No\"]}"],
            not: ["column: converted"]),
        Case(
            "outlier-overflow-says-ok", 0,
            says: ["of the variance of the outcome \"y\" comes from", "from one of them"]),
        Case("semicolons-init", 65, says: ["the columns seem to be separated by \";\"; a CSV file needs commas"]),
        Case("snowflake-ids", 0, says: ["unit: user_id"], not: ["  - user_id"]),
        Case("snowflake-ids-screen", 0, says: [" unit user_id "], not: ["user_id has missing or repeated values"]),
        Case("stdin-says-empty", 66, says: ["this is not a regular file; save the data in a file first"]),
        Case("stray-TRUE-is-1", 65, says: ["\"visits\" holds \"TRUE\"", "which is not a number"]),
        Case("tabs-in-csv-init", 65, says: ["separated by \"\\t\"", "(name a file with tabs .tsv)"]),
        Case("three-events-no-word", 0, says: ["\"converted\" has only 3 events"]),
        Case(
            "too-many-arms-pass-check", 65,
            says: ["33 arms and 1 outcomes are too many; keep to 32 arms and 32 outcomes"], not: ["duplicateUnits"]),
        Case("totals-row-init", 65, says: ["arm would be the treatment, but it is missing on line 192"]),
        Case("versions-are-numbers", 0, says: ["{column: app_version, kind: categorical}"]),
        Case(
            "winsorised-to-a-constant", 1,
            says: ["winsorize: 0.6 clips every value of \"revenue\" to 0, because", "write a higher quantile"],
            not: ["put an outcome first"]),
    ]

    @Test(arguments: cases)
    func whatIsReadIsWhatWasMeant(example: Case) throws {
        let run = try Self.run(example.name)
        #expect(run.code == example.code, "\(run.output)\(run.errors)")
        let told = run.output + run.errors
        for text in example.says { #expect(told.contains(text), "\(text) is not in:\n\(told)") }
        for text in example.saysNot { #expect(!told.contains(text), "\(text) is in:\n\(told)") }
    }

    /// Runs a case's command in a copy of its folder.
    private static func run(_ name: String) throws -> CommandLineTests.Run {
        let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Cases")
        return try CommandLineTests.inFolder { folder in
            let place = folder + "/case"
            try FileManager.default.copyItem(atPath: cases.appendingPathComponent(name).path, toPath: place)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/espalier", withDestinationPath: try BuiltProduct.path("espalier"))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.currentDirectoryURL = URL(fileURLWithPath: place)
            process.arguments = ["-c", try String(contentsOfFile: place + "/run", encoding: .utf8)]
            process.environment = ProcessInfo.processInfo.environment.merging(
                ["PATH": folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]) { $1 }
            let (out, err) = (folder + "/out", folder + "/err")
            for file in [out, err] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
            process.standardOutput = FileHandle(forWritingAtPath: out)
            process.standardError = FileHandle(forWritingAtPath: err)
            try process.run()
            process.waitUntilExit()
            return CommandLineTests.Run(
                code: process.terminationStatus, output: try String(contentsOfFile: out, encoding: .utf8),
                errors: try String(contentsOfFile: err, encoding: .utf8))
        }
    }
}
