import Foundation
import Testing

/// A long-term outcome by surrogates, by commands: judged, fitted, evaluated, planned and read.
@Suite struct SurrogateCommandTests {
    private let small: SmallStudy
    private let spec: String

    private func path(_ name: String) -> String { small.folder.appendingPathComponent(name).path }

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    init() throws {
        small = try SmallStudy(units: 1_500)
        spec = small.folder.appendingPathComponent("later.yaml").path
        var past = "sessions,disables,stay,arm\n"
        for row in 0..<400 {
            // Numbers that differ by row as those of a hash do, without one.
            let (a, b, c) = (Double(row * 37 % 101) / 20, Double(row * 53 % 97) / 97, Double(row * 71 % 89) / 89)
            past += "\(a),\(b),\(0.1 * a - 0.3 * b + c),\(row % 2 == 0 ? "control" : "cap_low")\n"
        }
        try Data(past.utf8).write(to: URL(fileURLWithPath: path("past.csv")))
        let original = try String(contentsOfFile: path("experiment.yaml"), encoding: .utf8)
        let cut = try #require(original.range(of: "covariates:"))
        let outcome = """
              - name: stay
                direction: maximize
                surrogate: {history: past.csv, outcome: stay, columns: [sessions, disables]}

            """
        let text = original[..<cut.lowerBound] + outcome + original[cut.lowerBound...]
        try Data(text.utf8).write(to: URL(fileURLWithPath: spec))
    }

    private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    @Test func theIndexIsJudgedAndUsed() throws {
        let judged = try run(["surrogates", spec, "--format", "json"])
        #expect(judged.code == 0, "\(judged.errors)")
        let first = try #require(try (json(judged.output) as? [[String: Any]])?.first)
        #expect(first["outcome"] as? String == "stay" && first["units"] as? Int == 400)
        #expect((first["candidates"] as? [[String: Any]])?.count == 3)
        let checks = try #require(first["checks"] as? [[String: Any]])
        #expect(checks.count == 1 && checks[0]["arm"] as? String == "cap_low" && checks[0]["z"] is Double)
        #expect((first["note"] as? String)?.contains("no proof") == true)
        let table = try run(["surrogates", spec])
        #expect(table.output.contains("a passed check is no proof"))
        let rows = try run(["surrogates", spec, "--format", "csv"]).output.split(separator: "\n")
        #expect(
            rows.count == 4 && rows[0] == "outcome,surrogates,error,explained,rank_by_error,largest_z,rank_by_check")
        let checked = try run(["check", spec])
        #expect(checked.output.contains("stay is an index of \"sessions\", \"disables\", fitted on 400 rows"))

        let study = path("later.espalier")
        #expect(try run(["fit", spec, "-o", study]).code == 0)
        let evaluated = try run(["evaluate", study, "--bias", "cap_low=1"])
        #expect(evaluated.code == 0 && evaluated.output.contains("stay"))
        #expect((evaluated.output + evaluated.errors).contains("which no check proves"))
        #expect(try run(["pick", study, "--candidate", "A"]).code != 0)
        #expect(try run(["add", study, "--weight", "ctr=3"]).code == 0)
        #expect(try run(["pick", study, "--candidate", "A"]).code == 0)
        #expect(try run(["online", "plan", study, "--users", "100", "-o", path("plan.json")]).code == 0)
        let plan = try #require(try json(String(contentsOfFile: path("plan.json"), encoding: .utf8)) as? [String: Any])
        let outcomes = try #require(plan["outcomes"] as? [[String: Any]])
        #expect((outcomes.last?["index"] as? [String: Any])?["names"] as? [String] == ["sessions", "disables"])
        // A changed history is a changed input.
        let changed = try String(contentsOfFile: path("past.csv"), encoding: .utf8) + "1,1,1,control\n"
        try Data(changed.utf8).write(to: URL(fileURLWithPath: path("past.csv")))
        let again = try run(["fit", spec, "-o", study])
        #expect(again.code == 0 && again.output.contains("fit 2"), "\(again.output)")
    }

    @Test func aSpecWithoutSurrogatesIsTold() throws {
        let told = try run(["surrogates", path("experiment.yaml")])
        #expect(told.code == 64 && told.errors.contains("the spec has no outcome by surrogates"))
        try FileManager.default.removeItem(atPath: path("past.csv"))
        let missing = try run(["surrogates", spec])
        #expect(missing.code == 66 && missing.errors.contains("past.csv"))
    }
}
