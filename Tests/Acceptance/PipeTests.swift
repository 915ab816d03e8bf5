import Foundation
import Testing

/// `-` reads standard input wherever a command reads data, with the same result as from the file.
@Suite struct PipeTests {
    private func run(_ arguments: [String], input: String? = nil) throws -> CommandLineTests.Run {
        try CommandLineTests.espalier(arguments, input: input)
    }

    private struct Files {
        let data, spec, piped, study, policy, points, table, scores: String
    }

    private func inFolder(_ body: (Files) throws -> Void) throws {
        try CommandLineTests.inFolder { folder in
            func write(_ name: String, _ text: String) throws -> String {
                let path = folder + "/" + name
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            }
            let rows = (0..<400).map { unit in
                "u\(unit),\(unit % 2 == 0 ? "a" : "b"),\(unit * 37 % 101),\((unit * 37 % 101) * (1 + unit % 2) + unit * 13 % 97)"
            }
            let data = try write("d.csv", (["id,arm,x,y"] + rows).joined(separator: "\n") + "\n")
            func spec(_ data: String) -> String {
                """
                name: pipes
                data: "\(data)"
                unit: id
                treatment: {column: arm, control: a, arms: [a, b], shares: [1, 1]}
                outcomes: [{name: y, direction: maximize}]
                covariates: [{column: x, kind: numeric}]
                """
            }
            let files = Files(
                data: data, spec: try write("s.yaml", spec("d.csv")), piped: try write("p.yaml", spec("-")),
                study: folder + "/s.espalier", policy: folder + "/p.json",
                points: try write("points.csv", "y,z\n1,2\n2,1\n"),
                table: try write(
                    "cohorts.csv",
                    "cohort,treatment,size,u0\n0,0,0.5,0\n0,1,0.5,1\n1,0,0.5,0\n1,1,0.5,-1\n"),
                scores: try write(
                    "scores.csv",
                    "score,treated,value,cost\n"
                        + (0..<40).map { "\($0),\($0 % 2),\($0 % 7),\($0 % 3 + $0 % 2)" }
                        .joined(separator: "\n") + "\n"))
            #expect(try run(["fit", files.spec, "-o", files.study]).code == 0)
            #expect(try run(["add", files.study, "--bias", "b=0"]).code == 0)
            #expect(try run(["export", files.study, "--candidate", "A", "-o", files.policy]).code == 0)
            try body(files)
        }
    }

    @Test func everyCommandReadsStandardInput() throws {
        try inFolder { files in
            let pairs: [(file: [String], pipe: [String], input: String)] = [
                (["check", files.spec], ["check", files.piped], files.data),
                (["subgroups", files.spec], ["subgroups", files.piped], files.data),
                (["models", files.spec], ["models", files.piped], files.data),
                (["advise", files.spec], ["advise", files.piped], files.data),
                (["assign", files.policy, files.data], ["assign", files.policy, "-"], files.data),
                (
                    ["effects", files.study, "--units", files.data], ["effects", files.study, "--units", "-"],
                    files.data
                ),
                (
                    ["hypervolume", files.points, "--reference", "y=0", "--reference", "z=0"],
                    ["hypervolume", "-", "--reference", "y=0", "--reference", "z=0"], files.points
                ),
                (["allocate", "--table", files.table], ["allocate", "--table", "-"], files.table),
                (["rank", "--table", files.scores], ["rank", "--table", "-"], files.scores),
            ]
            for pair in pairs {
                let (file, pipe) = (try run(pair.file), try run(pair.pipe, input: pair.input))
                #expect(file.code == pipe.code && file.output == pipe.output, "\(pair.pipe): \(pipe.errors)")
                #expect(!file.output.isEmpty, "\(pair.file): \(file.errors)")
            }
        }
    }

    @Test func aFitOfStandardInputIsThatOfTheFile() throws {
        try inFolder { files in
            let piped = files.study + "-piped"
            let fit = try run(["fit", files.piped, "-o", piped], input: files.data)
            #expect(fit.code == 0, "\(fit.errors)")
            let (file, pipe) = (try run(["evaluate", files.study]), try run(["evaluate", piped]))
            #expect(file.output == pipe.output && file.code == 0)
        }
    }

    @Test func initProposesFromStandardInput() throws {
        try inFolder { files in
            let proposal = try run(["init", "-"], input: files.data)
            #expect(proposal.code == 0 && proposal.output.contains("data: \"-\""))
            #expect(proposal.output.contains("unit: id"))
        }
    }
}
