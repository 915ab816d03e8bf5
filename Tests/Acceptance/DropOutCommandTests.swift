import Foundation
import Testing

/// Drop-out from the spec to every output.
@Suite struct DropOutCommandTests {
    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    private func count(_ words: String, in text: String) -> Int { text.components(separatedBy: words).count - 1 }

    /// Units whose outcome is missing stay, and every output says once how.
    @Test func weightsTravel() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        var rows = ["id,arm,x,y"]
        for unit in 0..<1_200 {
            let (x, isNew) = ((unit * 37) % 101, unit % 2 == 0)
            let isLost = (unit * 7_919) % 100 < (isNew && x > 60 ? 60 : 10)
            let y = isLost ? "" : "\(x + (isNew ? 20 : 0) + (unit * 31) % 23)"
            rows.append("u\(unit),\(isNew ? "new" : "old"),\(x),\(y)")
        }
        try (rows.joined(separator: "\n") + "\n").write(toFile: path("d.csv"), atomically: true, encoding: .utf8)
        let spec = """
            name: drop-out
            data: d.csv
            unit: id
            treatment: {column: arm, control: old, arms: [old, new], shares: [1, 1]}
            outcomes: [{name: y, direction: maximize, missing: drop}]
            covariates: [{column: x, kind: numeric}]

            """
        try spec.write(toFile: path("left.yaml"), atomically: true, encoding: .utf8)
        try (spec + "attrition: weights\n").write(toFile: path("s.yaml"), atomically: true, encoding: .utf8)
        let left = try run(["check", path("left.yaml"), "--format", "json"])
        #expect(left.code == 1 && count("drop-out differs by arm", in: left.output) == 1, "\(left.output)")
        let checked = try run(["check", path("s.yaml"), "--format", "json"])
        #expect(checked.code == 0 && count("weighted for drop-out (", in: checked.output) >= 1, "\(checked.output)")
        // Lee's bounds stay those of the units that were seen.
        func attrition(_ run: CommandLineTests.Run) throws -> [[String: Any]] {
            let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            return try #require(document?["attrition"] as? [[String: Any]])
        }
        #expect(NSArray(array: try attrition(left)) == NSArray(array: try attrition(checked)))

        #expect(try run(["fit", path("s.yaml"), "-o", path("s.espalier")]).code == 0)
        #expect(try run(["add", path("s.espalier"), "--bias", "new=0"]).code == 0)
        #expect(try run(["export", path("s.espalier"), "--candidate", "A", "-o", path("p.json")]).code == 0)
        #expect(try run(["report", path("s.espalier"), "-o", path("r.html")]).code == 0)
        let outputs = [
            try run(["evaluate", path("s.espalier")]).output,
            try run(["evaluate", path("s.espalier"), "--format", "json"]).output,
            try run(["models", path("s.yaml"), "--learners", "dml"]).output,
            try String(contentsOfFile: path("p.json"), encoding: .utf8),
            try String(contentsOfFile: path("r.html"), encoding: .utf8),
        ]
        for output in outputs { #expect(count("weighted for drop-out (", in: output) >= 1, "\(output.prefix(600))") }
        for output in outputs.dropLast() { #expect(count("weighted for drop-out (", in: output) == 1) }
        let units = try run(["effects", path("s.espalier")]).output.split(separator: "\n").count
        #expect(units == 1_201)
    }
}
