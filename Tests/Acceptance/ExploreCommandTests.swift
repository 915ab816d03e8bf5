import Foundation
import Testing

/// A policy that explores, from export to a spec that reads its log back.
@Suite struct ExploreCommandTests {
    private static let small = try? SmallStudy(units: 3_000)

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    @Test func theLogIsReadBackByItsPropensities() throws {
        let small = try #require(Self.small)
        let study = try small.copy("explore")
        func path(_ name: String) -> String { small.folder.appendingPathComponent(name).path }
        #expect(try run(["add", study, "--weight", "ctr=3"]).code == 0)
        let exported = try run([
            "export", study, "--candidate", "A", "--explore", "thompson:0.3", "--period", "7d", "--holdout", "0.1",
            "-o",
            path("explore.json"),
        ])
        #expect(exported.code == 0, "\(exported.errors)")
        let units = path("units.csv.gz")
        let assigned = try run(["assign", path("explore.json"), units, "--at", "2026-03-01"])
        #expect(assigned.code == 0, "\(assigned.errors)")
        let lines = assigned.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(
            lines[0] == [
                "unit", "arm", "holdout", "explored", "period", "propensity", "propensity_control",
                "propensity_cap_low", "propensity_cap_mid", "propensity_cap_high",
            ])
        #expect(lines[1][4] == "2930")
        for line in lines.dropFirst() {
            let propensities = line[6...].compactMap { Double($0) }
            #expect(abs(propensities.reduce(0, +) - 1) < 1e-12 && propensities.min()! > 0.008)
            #expect(propensities.contains(try #require(Double(line[5]))))
        }
        #expect(
            try run(["assign", path("explore.json"), units, "--at", "2026-03-04T23:59:59Z"]).output == assigned.output)
        #expect(try run(["assign", path("explore.json"), units, "--at", "2026-03-05"]).output != assigned.output)
        // The log with an outcome is an experiment of its own, whose arms are not those of chance alone.
        var log = [lines[0].joined(separator: ",") + ",x,y"]
        for (number, line) in lines.dropFirst().enumerated() {
            let x = (number * 37) % 101
            log.append(line.joined(separator: ",") + ",\(x),\((x + number * 13) % 97)")
        }
        try (log.joined(separator: "\n") + "\n").write(toFile: path("log.csv"), atomically: true, encoding: .utf8)
        try """
        name: explored
        data: log.csv
        unit: unit
        treatment:
          column: arm
          control: control
          arms: [control, cap_low, cap_mid, cap_high]
          propensities: [propensity_control, propensity_cap_low, propensity_cap_mid, propensity_cap_high]
        outcomes: [{name: y, direction: maximize}]
        covariates: [{column: x, kind: numeric}]
        """.write(toFile: path("log.yaml"), atomically: true, encoding: .utf8)
        let fitted = try run(["fit", path("log.yaml"), "-o", path("log.espalier")])
        #expect(fitted.code == 0, "\(fitted.errors)")
        let evaluation = try CommandLineTests.json(
            run(["evaluate", path("log.espalier"), "--bias", "cap_mid=1e9", "--format", "json"]))
        let outcome = try #require((evaluation["outcomes"] as? [[String: Any]])?.first)
        let difference = try #require(outcome["difference"] as? [String: Any])
        // The outcome knows nothing of the arm.
        let (value, error) = (
            try #require(difference["value"] as? Double), try #require(difference["standardError"] as? Double)
        )
        #expect(abs(value) < 4 * error && error > 0)
        // Lines of JSON say the same.
        let json = try run(["assign", path("explore.json"), units, "--at", "2026-03-01", "--format", "jsonl"])
        let first = try #require(json.output.split(separator: "\n").first)
        let fields = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
        #expect(Set(fields.keys) == Set(lines[0]))
    }

    @Test(
        arguments: [
            (["--period", "7d"], "--period goes with --explore"),
            (["--explore", "epsilon:2"], "not above 0 and up to 1"),
            (["--explore", "epsilon:0.1", "--period", "soon"], "is no time"),
            (["--explore", "often"], "nothing to explore by"),
        ] as [([String], String)])
    func mistakesAreToldInOneSentence(arguments: [String], words: String) throws {
        let study = try #require(Self.small).copy("explore-\(arguments.hashValue)")
        #expect(try run(["add", study, "--weight", "ctr=3"]).code == 0)
        let told = try run(["export", study, "--candidate", "A"] + arguments)
        #expect(told.code == 64 && told.output.isEmpty && told.errors.contains(words), "\(told.errors)")
    }
}
