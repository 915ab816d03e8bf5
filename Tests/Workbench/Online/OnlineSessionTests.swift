import Foundation
import Frames
import Goldens
import Online
import Policies
import Runtime
import Simulation
import Studies
import Testing
import Workbench

/// The loop of an online test, by keys, on a study of the simulated experiment.
@Suite struct OnlineSessionTests {
    private let sample: SampleSession

    /// Two candidates are picked.
    init() throws {
        sample = try SampleSession()
        try sample.type("5sK2<Enter>y9")
    }

    private var state: WorkbenchState { sample.session.state }

    private func path(_ name: String) -> String { sample.folder.appendingPathComponent(name).path }

    /// The users of a plan, played.
    private func play(_ plan: String, to results: String, seed: UInt64) throws {
        let json = try Data(contentsOf: URL(fileURLWithPath: path(plan)))
        let plan = try OnlinePlan(json: json, file: plan)
        let played = try OnlineRehearsal(plan, seed: seed).play(context: RunContext())
        try Data(played.bytes).write(to: URL(fileURLWithPath: path(results)))
    }

    /// The days after a launch, played.
    private func play(_ policy: String, log: String, days: Int, loss: Double) throws {
        let document = try PolicyDocument(file: path(policy))
        let bytes = try LaunchRehearsal(document, seed: 5).play(
            days: days, users: 600, loss: loss, context: RunContext())
        try Data(bytes).write(to: URL(fileURLWithPath: path(log)))
    }

    private func kinds() throws -> [String] {
        try StudyFile(opening: state.facts.studyPath).entries().map(\.entry.kind)
    }

    /// Every step leaves its entry, and undo takes it back; the files that were written stay.
    @Test func theLoopIsWalkedByKeys() throws {
        try sample.type("=300 slice=0.1 retention_90=maximize<Enter>p<Enter>")
        #expect(state.message.hasSuffix(" units are planned in \(path("round-1.json"))"), "\(state.message)")
        #expect(sample.frame().text.contains("plan 1 waits") && sample.frame().text.contains("PLAN 1"))
        try play("round-1.json", to: "round-1.csv", seed: 1)
        try sample.type("r<Enter>")
        #expect(state.message.hasPrefix("round 1 is read: ") && !state.message.contains("without covariates"))
        #expect(sample.frame().text.contains("retention_90 ↑"))
        // A second time nothing changes, and no entry says it.
        let before = try kinds()
        try sample.type("r<C-u>round-1.csv<Enter>")
        #expect(state.message == "these results are round 1 already; nothing was changed")
        #expect(try kinds().filter { $0 != LogEntry.view } == before.filter { $0 != LogEntry.view })
        try sample.type("d")
        #expect(state.message.hasPrefix("round 1 is taken back"))
        #expect(sample.frame().text.contains("taken back, and counts no more"))
        try sample.type("n")
        #expect(state.message == "no round counts yet: p plans one, r reads its results")
        try sample.type("u")
        #expect(state.message == "undone: take back round 1")
        try sample.type("n")
        let proposal = try #require(state.decisions.online?.proposal)
        #expect(proposal == 1 && state.online.pane == .next)
        let batch = try #require(state.results[.online]?.proposals[1]?.batch)
        #expect(batch.count == 6 && Set(batch).isSubset(of: state.facts.candidates.map(\.id)))
        var goldens = GoldenFrames()
        try goldens.check(sample.frame(), "online-proposed-80x24")
        try goldens.check(sample.frame(120, 40), "online-proposed-120x40")
        // Undo hides what was proposed, and redo shows it again.
        try sample.type("u")
        #expect(state.decisions.online?.proposal == nil && !sample.frame().text.contains("next A"))
        try sample.type("<C-r>p<Enter>")
        #expect(state.decisions.online?.plan?.number == 2 && state.results[.online]?.plans[2]?.policies.count == 8)
        try play("round-2.json", to: "round-2.csv", seed: 2)
        try sample.type("r<Enter>n")
        #expect(state.results[.online]?.proposals[2]?.rounds == [1, 2])
        try sample.type("l<Enter><Enter>")
        let launch = try #require(state.decisions.online?.launch)
        #expect(launch.path == path("policy.json") && launch.holdout == 0.03)
        #expect(state.message.contains("is launched with 3.0% held out, in \(path("policy.json"))"))
        // A file that is there already stays as it is.
        try sample.type("l<Enter><Enter>")
        #expect(state.message.contains("there is a file of that name"))
        let names = try kinds().filter { $0.hasPrefix("online.") }
        #expect(
            names == [
                "online.plan", "online.read", "online.withdraw", "online.next", "online.plan", "online.read",
                "online.next", "online.launch",
            ])
        try sample.type("u")
        #expect(state.decisions.online?.launch == nil && state.message.hasPrefix("undone: launch "))
        #expect(FileManager.default.fileExists(atPath: path("policy.json")))
        try sample.type("w")
        #expect(state.message.hasPrefix("nothing is launched"))
        try goldens.finish()
    }

    /// A planted loss is found; the frames are those of the watched policy.
    @Test func aLaunchIsWatched() throws {
        try sample.type("=300<Enter>p<Enter>")
        try play("round-1.json", to: "round-1.csv", seed: 1)
        try sample.type("r<Enter>G")
        try sample.type("l<C-u>0.04 days=30 users=18000<Enter><Enter>")
        try play("policy.json", log: "calm.csv", days: 12, loss: 0)
        try play("policy.json", log: "log.csv", days: 30, loss: 1)
        try sample.type("w<C-u>calm.csv<Enter>")
        let calm = try #require(state.results[.watched])
        #expect(!calm.reading.isAlarm && calm.reading.day == 12)
        var goldens = GoldenFrames()
        try goldens.check(sample.frame(), "online-calm-80x24")
        try sample.type("w<C-u>log.csv<Enter>")
        let watched = try #require(state.results[.watched])
        #expect(watched.reading.alarms == ["sessions"] && watched.reading.day == 30)
        #expect(sample.frame().text.contains("ALARM: take the policy back"))
        for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
            try goldens.check(sample.frame(width, height), "online-monitor-\(width)x\(height)")
        }
        try goldens.check(sample.frame(80, 24, .ascii), "online-monitor-ascii")
        try sample.type("j")
        try goldens.check(sample.frame(), "online-monitor-ctr")
        try goldens.finish()
        // The log grows, and is read again under its name; a log that cannot be read leaves what is shown.
        try play("policy.json", log: "log.csv", days: 31, loss: 1)
        try sample.type("w<Enter>")
        #expect(state.results[.watched]?.reading.day == 31)
        try sample.type("w<C-u>nothing.csv<Enter>")
        #expect(state.results[.watched]?.reading.day == 31 && state.message.contains("nothing.csv"))
    }
}

extension OnlineSessionTests {
    /// What is not asked for every day: shares by what rounds found, a first experiment, losses to be seen, and a fit of log and rounds.
    @Test func theRarerStepsHaveKeys() throws {
        try sample.type("=300 explore=epsilon:0.2<Enter>")
        #expect(state.message == "the next plan shares 300 users a policy by epsilon:0.2")
        try sample.type("=300 explore=best<Enter>")
        #expect(state.message.contains("is neither explore=thompson nor explore=epsilon:0.1"))
        try sample.type("<Esc>p<Enter>")
        let shares = try #require(state.results[.online]?.plans[1]?.policies.map(\.share))
        #expect(shares.max() ?? 0 > 0.8 && abs(shares.reduce(0, +) - 1) < 1e-9)
        try sample.type("F")
        #expect(state.message == "no round counts yet: p plans one, r reads its results")
        try play("round-1.json", to: "round-1.csv", seed: 1)
        try sample.type("r<Enter>F<C-u>both.espalier<Enter>")
        #expect(state.message.contains(" units of rounds are fitted in both.espalier"), "\(state.message)")
        let both = try Study(opening: path("both.espalier"))
        #expect(both.description.pooled?.rounds == [1])
        #expect(try both.file.candidates().filter(\.isPicked).count == 2)
        // The study that is open is what it was, and a second file of that name is refused.
        #expect(state.facts.description?.pooled == nil)
        try sample.type("F<C-u>both.espalier<Enter>")
        #expect(state.message.contains("there is a file already where the study is to be"))
        let folder = try #require(state.facts.description?.folder)
        try sample.type("A<C-u>\(folder)/experiment.yaml<Enter><Enter>")
        #expect(state.message.contains("are planned in first.json"), "\(state.message)")
        let first = try OnlinePlan(json: Data(contentsOf: URL(fileURLWithPath: path("first.json"))), file: "first.json")
        #expect(first.policies.count == 4 && first.users == 300)
        try sample.type("L<C-u>sessions<Enter>")
        #expect(state.message.contains("is not OUTCOME=SIZE"))
        try sample.type("<Esc>L<C-u>sessions=0.4<Enter>")
        #expect(state.online.losses == ["sessions": 0.4])
        try sample.type("G")
        try sample.type("l<C-u>0.04 days=30 users=18000<Enter><Enter>")
        try play("policy.json", log: "log.csv", days: 12, loss: 0)
        try sample.type("w<C-u>log.csv<Enter>")
        #expect(state.results[.watched]?.reading.backtest.outcomes.first?.loss == 0.4, "\(state.message)")
        try sample.type("L<C-u>nothing=1<Enter>")
        #expect(state.message.contains("the policy has no outcome \"nothing\" to lose in"), "\(state.message)")
    }
}
