import Experiments
import Foundation
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// A confirm split is a budget: what is seen of its units is counted once, over all fits.
@Suite struct LookTests {
    private let context = RunContext(workers: Workers(count: 2))

    /// By knobs, by a file, as a pick, by whatever estimator: it is the same policy.
    @Test func theSamePolicyIsOneLook() throws {
        let sample = try SampleStudy()
        let study = sample.study
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.biases[1] = 0.05
        let policy = Policy.linear(LinearPolicy(knobs, in: study.space))
        func look(_ operation: LookAtConfirm) throws -> Int { try study.perform(operation, context) }
        for estimator in [Estimator.dr, .snips] {
            #expect(
                try look(LookAtConfirm(at: .confirm, by: "evaluate", estimator: estimator, knobs: knobs)) == 1)
        }
        for name in ["a.json", "b.json"] {
            let same = LookAtConfirm(
                at: .all, by: "evaluate", estimator: .dr, file: name, holding: try LookSubject(policy))
            #expect(try look(same) == 1)
        }
        let candidate = try study.perform(AddCandidate(knobs), context)
        #expect(try study.perform(SetPicks([candidate.id]), context).looks == 1)
        // A profile shows more than the policy, along another knob more again; rules do, too.
        for (what, looks) in [("profile weight:ctr", 2), ("profile weight:ctr", 2), ("profile bias:cap_low", 3)] {
            #expect(try look(LookAtConfirm(at: .confirm, by: what, estimator: .dr, knobs: knobs)) == looks)
        }
        for (digest, looks) in [("1f", 4), ("1f", 4), ("2f", 5)] {
            let assignment = LookAtConfirm(
                at: .confirm, by: "evaluate", estimator: .dr, file: "arms.csv",
                holding: LookSubject(text: "assignment \(digest)"))
            #expect(try look(assignment) == looks)
        }
    }

    /// What was looked at with the same spec and data was seen already; another spec shows something new of the same units.
    @Test func looksSurviveARefit() throws {
        let scene = try StudyScene()
        let fit = try SampleFits.fit(units: 3_000, seed: 11)
        do {
            let study = try Study(opening: scene.path)
            for bias in [0.1, 0.2] { try StudyScene.add(bias, to: study) }
            #expect(try study.perform(SetPicks([1, 2]), context).looks == 2)
        }
        let again = try Study.create(at: scene.path, fit: fit, workers: Workers())
        #expect(try again.file.fitNumber() == 2 && again.file.looks() == 2)
        #expect(try again.file.candidates().map(\.id) == [1, 2])
        #expect(try again.file.candidates().allSatisfy { $0.isPicked && $0.confirm != nil })
    }

    /// More rows, or other folds, leave the units what they are; other units have a budget of their own.
    @Test func looksCountForTheUnitsThatWereSeen() throws {
        let scene = try StudyScene()
        let folder = scene.folder.appendingPathComponent("experiment")
        try Scenario.named("notifications").write(to: folder.path, units: 3_000, seed: 5)
        let spec = folder.appendingPathComponent("experiment.yaml").path
        let data = folder.appendingPathComponent("units.csv.gz")
        let packed = try Data(contentsOf: data)
        let lines = try String(decoding: Data(Gzip.inflate(packed, file: "units")), as: UTF8.self)
            .split(separator: "\n")
        func looks(units: some Sequence<String>) throws -> (before: Int, after: Int) {
            let text = String(lines[0]) + "\n" + units.joined(separator: "\n") + "\n"
            try Data(Gzip.compress([UInt8](text.utf8))).write(to: data)
            let fit = try StudyFit.run(specPath: spec, context: context)
            let study = try Study.create(at: scene.place("units"), fit: fit, workers: Workers())
            let before = try study.file.looks()
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.biases[1] = Double(units.underestimatedCount) / 1000
            let look = LookAtConfirm(at: .confirm, by: "evaluate", estimator: .dr, knobs: knobs)
            return (before, try study.perform(look, context))
        }
        let rows = lines.dropFirst().map(String.init)
        #expect(try looks(units: Array(rows.prefix(2_000))) == (0, 1))
        #expect(try looks(units: rows) == (1, 2))
        // Nobody of before is among them.
        #expect(try looks(units: rows.map { "new-" + $0 }) == (0, 1))
        // Those of before come back, with all that was seen of them.
        #expect(try looks(units: Array(rows.prefix(2_500))) == (2, 3))
    }

    /// The order of lines does not make another assignment, an arm does.
    @Test func assignmentsAreToldApartByTheirArms() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        func digest(_ lines: String...) throws -> String {
            try Data((["id,arm"] + lines).joined(separator: "\n").utf8).write(to: file)
            return try AssignmentFile.read(file.path, unitColumn: "id", arms: ["off", "on"]).digest
        }
        let first = try digest("a,on", "b,off")
        #expect(try digest("b,off", "a,on") == first)
        #expect(try digest("b,on", "a,off") != first)
        #expect(try digest("a,on", "b,off", "c,off") != first)
    }
}
