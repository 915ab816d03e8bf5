import Foundation
import Testing

/// What the workbench decides, decided by commands: listing, adding, picking by hand, limits, notes, comparing.
@Suite struct ParityTests {
    /// Fitted once for all; its folder goes with the process.
    private static let sample = Result { try SmallStudy() }
    private static let cleaning: Void = {
        atexit { try? FileManager.default.removeItem(at: ParityTests.sample.get().folder) }
    }()

    private func study(_ name: String) throws -> String {
        _ = Self.cleaning
        return try Self.sample.get().copy("\(name)-\(UUID().uuidString)")
    }

    private func espalier(_ arguments: String...) throws -> CommandLineTests.Run {
        try CommandLineTests.espalier(arguments)
    }

    private func list(_ run: CommandLineTests.Run) throws -> [[String: Any]] {
        try #require(run.code == 0, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    }

    @Test func candidatesAreAddedNotedPickedAndListed() throws {
        let study = try study("kept")
        #expect(try list(espalier("candidates", study, "--format", "json")).isEmpty)
        let added = try list(espalier("add", study, "--weight", "ctr=3", "--note", "as, typed", "--format", "json"))
        #expect(added[0]["id"] as? Int == 1 && added[0]["name"] as? String == "A")
        #expect((added[0]["knobs"] as? [String: [String: Double]])?["weights"]?["ctr"] == 3)
        // The same knobs stay the same candidate.
        #expect(try list(espalier("add", study, "--weight", "ctr=3", "--format", "json"))[0]["id"] as? Int == 1)
        #expect(try espalier("add", study, "--bias", "cap_low=0.05").code == 0)
        #expect(try espalier("note", study, "--candidate", "B", "second").output == "second\n")
        #expect(try espalier("note", study, "--candidate", "2").output == "second\n")
        let picked = try CommandLineTests.json(
            espalier("pick", study, "--candidate", "A", "--candidate", "2", "--format", "json"))
        #expect((picked["picks"] as? [[String: Any]])?.compactMap { $0["id"] as? Int } == [1, 2])
        #expect((picked["report"] as? [String: Any])?["looks"] as? Int == 2)
        // Seen before: no further look.
        let again = try CommandLineTests.json(espalier("pick", study, "--candidate", "B", "--format", "json"))
        #expect((again["report"] as? [String: Any])?["looks"] as? Int == 2)
        let all = try list(espalier("candidates", study, "--format", "json"))
        #expect(all.map { $0["isPicked"] as? Bool } == [false, true])
        #expect(all.map { $0["note"] as? String } == ["as, typed", "second"])
        #expect(all[1]["confirm"] is [Any] && all[0]["confirm"] is NSNull)
        let csv = try espalier("candidates", study, "--format", "csv").output.split(separator: "\n")
        #expect(
            csv[0].hasPrefix("id,name,origin,picked,hidden,note,split,outcome,") && csv[1].contains("\"as, typed\""))
        #expect(csv.count == 1 + 3 * 3)
    }

    /// README's script works twice, from the fit on: the same candidates, under the same names, and no further look.
    @Test func theSameScriptEndsInTheSameCandidates() throws {
        let study = try study("twice")
        let folder = try Self.sample.get().folder.path
        func script() throws -> (front: [Int], picks: [Int], looks: Int) {
            let front = try CommandLineTests.json(
                espalier("front", study, "--evaluations", "60", "--format", "json"))
            let picks = try CommandLineTests.json(espalier("pick", study, "--count", "3", "--format", "json"))
            func ids(_ value: Any?) -> [Int] { (value as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int } }
            // What was exported is a policy that was picked and seen.
            let first = try #require(ids(picks["picks"]).first)
            let policy = folder + "/\(UUID().uuidString).json"
            _ = try espalier("export", study, "--candidate", "\(first)", "-o", policy)
            let seen = try espalier("evaluate", study, "--policy", policy, "--split", "confirm")
            try #require(seen.code == 0, "\(seen.errors)")
            let report = try CommandLineTests.json(espalier("pick", study, "--count", "3", "--format", "json"))[
                "report"]
            let looks = try #require((report as? [String: Any])?["looks"] as? Int)
            return (ids(front["candidates"]), ids(picks["picks"]), looks)
        }
        let first = try script()
        let fit = try espalier("fit", folder + "/experiment.yaml", "-o", study)
        try #require(fit.code == 0 && fit.output.contains("fit 2"), "\(fit.errors)")
        let second = try script()
        #expect(!first.front.isEmpty && first.picks.count == 3 && first.looks == 3)
        #expect(first == second)
    }

    /// The same look of the same fit counts once; another one counts.
    @Test func theSameLookCountsOnce() throws {
        let study = try study("looks")
        func looks(_ arguments: String...) throws -> Int {
            try #require(
                try CommandLineTests.espalier(["evaluate", study, "--split", "confirm"] + arguments).code == 0)
            _ = try espalier("add", study, "--weight", "ctr=1")
            let report = try CommandLineTests.json(espalier("pick", study, "--candidate", "A", "--format", "json"))
            return try #require((report["report"] as? [String: Any])?["looks"] as? Int)
        }
        #expect(try looks("--weight", "ctr=2") == 2)
        #expect(try looks("--weight", "ctr=2") == 2)
        #expect(try looks("--weight", "ctr=2.5") == 3)
    }

    @Test func limitsAreHeldIntoACandidate() throws {
        let study = try study("limits")
        let run = try espalier("limits", study, "--format", "json")
        let held = try CommandLineTests.json(run)
        #expect(held["verdict"] as? String == "inside")
        #expect((held["candidate"] as? [String: Any])?["limits"] as? String == "inside")
        // Against the highest first outcome without limits, holding them costs.
        let price = try #require((held["price"] as? [String: Any])?["change"] as? [String: Any])
        #expect((price["standardError"] as? Double ?? 0) > 0)
        let table = try espalier("limits", study, "--candidate", "A")
        #expect(
            table.code == 0 && table.output.contains("limits: inside; candidate ") && table.output.contains("price: "))
    }

    @Test func comparingTellsWhoseArmChanges() throws {
        let study = try study("compare")
        _ = try espalier("add", study, "--bias", "cap_low=50")
        _ = try espalier("add", study, "--bias", "cap_mid=50")
        let json = try CommandLineTests.json(espalier("compare", study, "--from", "A", "--to", "B", "--format", "json"))
        let moves = try #require(json["moves"] as? [String: Any])
        #expect(moves["changedShare"] as? Double == 1)
        let move = try #require((moves["moves"] as? [[String: Any]])?.first)
        #expect(move["from"] as? String == "cap_low" && move["to"] as? String == "cap_mid")
        #expect(try espalier("compare", study, "--from", "A", "--to", "B", "--by", "platform").code != 70)
        let csv = try espalier("compare", study, "--from", "A", "--to", "B", "--format", "csv").output
        #expect(csv.hasPrefix("part,split,group,outcome,from_arm,to_arm,value,standard_error,low,high\n"))
        #expect(csv.contains("\nmove,tune,,,cap_low,cap_mid,1.0,"))
        // Two studies of the same fit: the policies are the same, and nothing changes.
        let other = try self.study("other")
        _ = try espalier("add", other, "--bias", "cap_low=50")
        let same = try CommandLineTests.json(
            espalier("compare", study, other, "--from", "A", "--to", "A", "--format", "json"))
        #expect((same["moves"] as? [String: Any])?["changedShare"] as? Double == 0)
        let split = try #require((same["splits"] as? [[String: Any]])?.first)
        #expect(split["isPaired"] as? Bool == true)
        let change = try #require((split["outcomes"] as? [[String: Any]])?[0]["change"] as? [String: Any])
        #expect(change["value"] as? Double == 0 && change["standardError"] as? Double == 0)
    }

    @Test func aPolicyFileComesBackAsTheCandidateItWas() throws {
        let study = try study("file")
        _ = try espalier("add", study, "--weight", "ctr=3", "--shrink", "ctr=0.5")
        let file = study + ".json"
        #expect(try espalier("export", study, "--candidate", "A", "-o", file).code == 0)
        #expect(try list(espalier("add", study, "--policy", file, "--format", "json"))[0]["id"] as? Int == 1)
    }

    @Test func whatIsNotThereIsSaidInOneSentence() throws {
        let study = try study("errors")
        _ = try espalier("add", study, "--weight", "ctr=3")
        for arguments in [
            ["pick", study, "--candidate", "Z"], ["note", study, "--candidate", "9"],
            ["compare", study, "--from", "A", "--to", "Q"], ["add", study, "--candidate", "Q"],
            ["pick", study], ["pick", study, "--count", "1", "--candidate", "A"], ["add", study],
            ["add", study, "--weight", "ctr=1", "--candidate", "A"], ["compare", study, "--from", "A"],
            ["compare", study, "--from", "A", "--to", "A", "--by", "nothing"],
        ] {
            let run = try CommandLineTests.espalier(arguments)
            #expect(run.code == 64 && run.output.isEmpty && !run.errors.isEmpty, "\(arguments) \(run.errors)")
        }
        // A later search hides what an earlier one found; it is told apart from what never was, and comes back.
        _ = try espalier("front", study, "--evaluations", "40")
        _ = try espalier("front", study, "--evaluations", "40", "--method", "random", "--seed", "9")
        let all = try list(espalier("candidates", study, "--hidden", "--format", "json"))
        let gone = try #require(all.first { $0["isHidden"] as? Bool == true }?["name"] as? String)
        let refused = try espalier("pick", study, "--candidate", gone)
        #expect(refused.code == 64 && refused.errors.contains("candidate \(gone) is hidden"))
        #expect(try espalier("add", study, "--candidate", gone).code == 0)
        #expect(try espalier("pick", study, "--candidate", gone).code == 0)
    }
}
