import Foundation
import Testing

/// Figures that can be compared with those of other tools: of which units they are, and from inputs given in a file.
@Suite struct ComparableFigureTests {
    private func document(_ arguments: [String]) throws -> [String: Any] {
        try CommandLineTests.json(CommandLineTests.espalier(arguments))
    }

    /// moocore 0.3.2, hypervolume(points, ref=...) with the maximised columns negated.
    @Test(arguments: [
        (["a=0", "b=0"], [String](), 87.37), (["a=-1", "b=9"], ["b"], 89.83), (["a=0", "b=0", "c=0"], [], 516.68),
    ])
    func hypervolumeOfATable(reference: [String], minimize: [String], expected: Double) throws {
        try CommandLineTests.inFolder { folder in
            let path = folder + "/points.csv"
            let rows = (0..<40).map { i in
                "\(Double(i * 37 % 101) / 10),\(Double(i * i * 17 % 89) / 10),\(Double(i * 53 % 71) / 10)"
            }
            try (["a,b,c"] + rows).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            let found = try document(
                ["hypervolume", path, "--format", "json"] + reference.flatMap { ["--reference", $0] }
                    + minimize.flatMap { ["--minimize", $0] })
            let volume = try #require(found["hypervolume"] as? Double)
            #expect(abs(volume / expected - 1) < 1e-12, "\(volume)")
            #expect(found["points"] as? Int == 40)
        }
    }

    @Test func effectsSayOfWhichUnits() throws {
        try CommandLineTests.inFolder { folder in
            _ = try CommandLineTests.espalier(["simulate", "notifications", "-o", folder, "--units", "3000"])
            let spec = folder + "/experiment.yaml"
            var counts: [String: Int] = [:]
            for split in ["tune", "confirm", "all"] {
                let found = try document(["check", spec, "--split", split, "--format", "json"])
                #expect(found["effectsSplit"] as? String == split)
                counts[split] = found["effectsUnits"] as? Int
            }
            #expect(counts["all"] == 3000)
            #expect((counts["tune"] ?? 0) + (counts["confirm"] ?? 0) == 3000)
            let shown = try CommandLineTests.espalier(["check", spec, "--show", "effects", "--split", "all"])
            #expect(shown.output.contains("all units: 3,000 of 3,000"))
            #expect(try CommandLineTests.espalier(["check", spec, "--split", "none"]).code == 64)
        }
    }

    /// With 0 for every prediction DR is IPS: the same value, to the rounding of stored outcomes.
    @Test func predictionsOfAFile() throws {
        try CommandLineTests.inFolder { folder in
            _ = try CommandLineTests.espalier(["simulate", "notifications", "-o", folder, "--units", "3000"])
            let study = folder + "/s.espalier"
            #expect(try CommandLineTests.espalier(["fit", folder + "/experiment.yaml", "-o", study]).code == 0)
            let plain = try document(["evaluate", study, "--format", "json"])
            let outcomes = try #require(plain["outcomes"] as? [[String: Any]]).compactMap { $0["name"] as? String }
            let arms = try #require(plain["shares"] as? [String: Double]).keys.sorted()
            let ids = try CommandLineTests.espalier(["cohorts", study, "--units"]).output.split(separator: "\n")
                .dropFirst().compactMap { $0.split(separator: ",").first.map(String.init) }
            let header = ["member"] + arms.flatMap { arm in outcomes.map { "\(arm):\($0)" } }
            let zeros = Array(repeating: "0", count: header.count - 1)
            let path = folder + "/zeros.csv"
            try ([header] + ids.map { [$0] + zeros }).map { $0.joined(separator: ",") }.joined(separator: "\n")
                .write(toFile: path, atomically: true, encoding: .utf8)
            let dr = try document(["evaluate", study, "--predictions", path, "--format", "json"])
            let ips = try document(["evaluate", study, "--estimator", "ips", "--format", "json"])
            func values(_ document: [String: Any]) -> [Double] {
                (document["outcomes"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? Double }
            }
            #expect(values(dr).count == outcomes.count)
            for (a, b) in zip(values(dr), values(ips)) { #expect(abs(a - b) < 1e-4 * max(1, abs(b))) }
            #expect((dr["caveats"] as? [String])?.contains { $0.contains("outcome models are those of") } == true)
            let short = folder + "/short.csv"
            try header.joined(separator: ",").write(toFile: short, atomically: true, encoding: .utf8)
            #expect(try CommandLineTests.espalier(["evaluate", study, "--predictions", short]).code == 65)
        }
    }
}
