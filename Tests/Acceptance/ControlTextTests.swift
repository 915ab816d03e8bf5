import Foundation
import Testing

/// Text from data and arguments is shown, and never steers the terminal.
@Suite struct ControlTextTests {
    private static let level = "=a\u{1B}[31m\u{202E}b\u{9B}"

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    private static func steers(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            scalar != "\n"
                && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value))
        }
    }

    @Test func levelsOfTheDataAreShownInTablesAndRawInCSV() throws {
        try CommandLineTests.inFolder { folder in
            var rows = "id,t,z,y\n"
            for row in 0..<1200 {
                let treated = row % 2
                let level = row % 4 < 2
                let value = Double((row * 7919) % 101) / 50 + (level && treated == 1 ? 4 : 0)
                rows += "u\(row),\(treated == 1 ? "on" : "off"),\(level ? Self.level : "plain"),\(value)\n"
            }
            try Data(rows.utf8).write(to: URL(fileURLWithPath: folder + "/d.csv"))
            let spec = """
                name: d
                data: d.csv
                unit: id
                treatment: {column: t, control: "off", arms: ["off", "on"], shares: [1, 1]}
                outcomes: [{name: y, direction: maximize}]
                covariates: [{column: z, kind: categorical}]
                splits: {seed: 1}

                """
            try Data(spec.utf8).write(to: URL(fileURLWithPath: folder + "/d.yaml"))
            let study = folder + "/d.espalier"
            let fit = try run(["fit", folder + "/d.yaml", "-o", study])
            try #require(fit.code == 0, "\(fit.errors)")
            #expect(try run(["front", study, "--evaluations", "8"]).code == 0)
            var shown = 0
            for command in [
                ["tree", study, "--arm", "on", "--outcome", "y"], ["cohorts", study],
                ["cohorts", study, "--format", "json"],
                ["explain", study, "--candidate", "A"], ["log", study], ["report", study],
                ["evaluate", study], [study, "--keys", "23", "--frame", "160x40"],
            ] {
                let run = try run(command)
                #expect(run.code == 0, "\(command) \(run.errors)")
                #expect(!Self.steers(run.output), "\(command)")
                if run.output.contains("u{1b}[31m") || run.output.contains("u001b[31m") { shown += 1 }
            }
            #expect(shown >= 3)
            let sql = try run(["explain", study, "--candidate", "A", "--format", "sql"]).output
            #expect(sql.hasPrefix("-- ANSI SQL\n"))
            #expect(!Self.steers(sql.split(separator: "\n").filter { $0.hasPrefix("--") }.joined(separator: "\n")))
            let csv = try run(["cohorts", study, "--format", "csv"]).output
            #expect(csv.contains(Self.level))
        }
    }

    @Test func cellsAreSafeForSpreadsheetsWhereAsked() throws {
        try CommandLineTests.inFolder { folder in
            var rows = "id,t,x,y\n"
            for row in 0..<400 {
                rows += "\(row % 2 == 0 ? "=" : "-")u\(row),\(row % 2 == 1 ? "on" : "off"),\(row % 5),\(row % 7)\n"
            }
            try Data(rows.utf8).write(to: URL(fileURLWithPath: folder + "/d.csv"))
            let spec = """
                name: d
                data: d.csv
                unit: id
                treatment: {column: t, control: "off", arms: ["off", "on"], shares: [1, 1]}
                outcomes: [{name: y, direction: maximize}]
                covariates: [x]

                """
            try Data(spec.utf8).write(to: URL(fileURLWithPath: folder + "/d.yaml"))
            let study = folder + "/d.espalier"
            let fit = try run(["fit", folder + "/d.yaml", "-o", study])
            try #require(fit.code == 0, "\(fit.errors)")
            let plain = try run(["cohorts", study, "--units"]).output
            #expect(plain.contains("\n=u0,") && plain.contains("\n-u1,"))
            let safe = try run(["cohorts", study, "--units", "--csv-safe"]).output
            #expect(safe.contains("\n'=u0,") && safe.contains("\n'-u1,"))
            for (flags, unit) in [([], "\n=u0,on,"), (["--csv-safe"], "\n'=u0,on,")] {
                #expect(try run(["effects", study] + flags).output.contains(unit))
            }
            let policy = folder + "/policy.json"
            _ = try run(["add", study, "--bias", "on=0.1"])
            try #require(try run(["export", study, "--candidate", "A", "-o", policy]).code == 0)
            for (flags, unit) in [([], "\n=u0,"), (["--csv-safe"], "\n'=u0,")] {
                #expect(try run(["assign", policy, folder + "/d.csv"] + flags).output.contains(unit))
            }
            // Numbers stay numbers.
            let table = try run(["evaluate", study, "--format", "csv", "--csv-safe"]).output
            #expect(!table.contains("'-"))
        }
    }

    @Test func argumentsAreShownInErrors() throws {
        for arguments in [
            ["evaluate", "no\u{1B}[31msuch"], ["--frame", "\u{1B}[2Jx"], ["evaluate", "s", "--\u{1B}[31m"],
            ["check", "a\u{9B}b.yaml"],
        ] {
            let run = try run(arguments)
            #expect(run.code != 0 && !Self.steers(run.errors), "\(arguments): \(run.errors)")
        }
    }
}
