import Foundation
import Testing

/// A cluster from the spec to the arms of new units.
@Suite struct ClusterCommandTests {
    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    @Test func unitsOfOneClusterGoTogether() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        var rows = ["id,home,arm,x,y"]
        for unit in 0..<600 {
            let home = unit / 5
            let x = (unit * 37) % 101
            let arm = (home * 7) % 3 == 0 ? "new" : "old"
            rows.append("u\(unit),h\(home),\(arm),\(x),\((x * (arm == "new" ? 2 : 1) + home * 13) % 97)")
        }
        try (rows.joined(separator: "\n") + "\n").write(toFile: path("d.csv"), atomically: true, encoding: .utf8)
        try """
        name: homes
        data: d.csv
        unit: id
        cluster: home
        treatment: {column: arm, control: old, arms: [old, new], shares: [2, 1]}
        outcomes: [{name: y, direction: maximize}]
        covariates: [{column: x, kind: numeric}]
        """.write(toFile: path("s.yaml"), atomically: true, encoding: .utf8)
        #expect(try run(["fit", path("s.yaml"), "-o", path("s.espalier")]).code == 0)
        let evaluation = try run(["evaluate", path("s.espalier")])
        #expect(evaluation.output.contains("caveat: units come in 120 clusters of \"home\""))
        // New units take the models of their cluster's fold, as the study's own did.
        let (own, new) = (
            try run(["effects", path("s.espalier")]),
            try run(["effects", path("s.espalier"), "--units", path("d.csv")])
        )
        #expect(own.code == 0 && own.output == new.output && own.output.split(separator: "\n").count == 601)
        #expect(try run(["add", path("s.espalier"), "--bias", "new=0"]).code == 0)
        #expect(try run(["export", path("s.espalier"), "--candidate", "A", "-o", path("p.json")]).code == 0)
        let assigned = try run(["assign", path("p.json"), path("d.csv")])
        #expect(assigned.code == 0 && assigned.output.split(separator: "\n").count == 601)
        let lacking = rows.map {
            $0.split(separator: ",").enumerated().filter { $0.offset != 1 }.map(\.element).joined(separator: ",")
        }
        try (lacking.joined(separator: "\n") + "\n").write(toFile: path("e.csv"), atomically: true, encoding: .utf8)
        let refused = try run(["assign", path("p.json"), path("e.csv")])
        #expect(refused.code == 65)
        #expect(refused.errors.contains("there is no column \"home\" for the cluster"), "\(refused.errors)")
    }
}
