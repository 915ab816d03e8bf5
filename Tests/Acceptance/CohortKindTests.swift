import Foundation
import Testing

/// `espalier cohorts` by kind and by estimate, as a script would use it.
@Suite struct CohortKindTests {
    @Test func cohortsOfEveryKindPartitionTheUnits() throws {
        try CommandLineTests.inFolder { folder in
            _ = try CommandLineTests.espalier(["simulate", "notifications", "-o", folder, "--units", "6000"])
            let study = folder + "/s.espalier"
            #expect(try CommandLineTests.espalier(["fit", folder + "/experiment.yaml", "-o", study]).code == 0)
            func rows(_ arguments: [String]) throws -> [[String: Any]] {
                let run = try CommandLineTests.espalier(["cohorts", study, "--format", "json"] + arguments)
                let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
                return try #require(document as? [[String: Any]], "\(run.errors)")
            }
            func effects(_ row: [String: Any]) throws -> [Double] {
                try #require(row["effects"] as? [[String: Any]]).compactMap { $0["value"] as? Double }
            }
            let merged = try rows([])
            #expect(try rows(["--kind", "merged", "--effects", "inherited"]).count == merged.count)
            for kind in ["merged", "joint", "heuristic:visits_28d:4"] {
                let own = try rows(["--kind", kind])
                let shares = own.compactMap { $0["share"] as? Double }
                #expect(shares.count == own.count && abs(shares.reduce(0, +) - 1) < 1e-9)
                #expect(kind != "joint" || own.count <= 12)
                #expect(!kind.hasPrefix("heuristic") || own.count == 4)
                let units = try CommandLineTests.espalier(["cohorts", study, "--kind", kind, "--units"]).output
                let found = Set(units.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] })
                #expect(found == Set(own.compactMap { $0["id"] as? Int }.map { "\($0)" }), "\(kind)")
                let shrunk = try rows(["--kind", kind, "--effects", "shrunk"])
                #expect(try shrunk.count == own.count && effects(shrunk[0]).count == effects(own[0]).count)
                // A cohort that is a leaf of its own has one estimate; shrunk ones are of outcomes stored as Float32.
                guard kind != "merged" else { continue }
                for (a, b) in try zip(own.flatMap(effects), shrunk.flatMap(effects)) {
                    #expect(abs(a - b) < 1e-4 * max(0.01, abs(a)), "\(kind) \(a) \(b)")
                }
            }
            for (kind, words) in [
                ("trees", "there are no trees cohorts"), ("heuristic:nothing", "there is no covariate nothing"),
                ("heuristic:visits_28d:1", "cannot be cut into 1 cells"),
            ] {
                let run = try CommandLineTests.espalier(["cohorts", study, "--kind", kind])
                #expect(run.code == 64 && run.errors.contains(words) && run.output.isEmpty, "\(run.errors)")
            }
        }
    }
}
