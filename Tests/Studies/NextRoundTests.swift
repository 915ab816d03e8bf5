import Foundation
import Frontier
import Online
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// What comes after a round: the next policies, a repetition, and the launch with the days that follow it.
@Suite struct NextRoundTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy.withPicks() }

    private func plan(_ candidates: [Int]? = nil, slice: Double = 0) throws -> OnlinePlan {
        var request = PlanRequest()
        request.users = 400
        request.slice = slice
        request.candidates = candidates
        return try study.perform(PlanRound(request, path: "-", tool: "test") { _ in }, context)
    }

    /// Plays a round and writes its results; without covariates only the columns that every reader needs.
    private func results(_ plan: OnlinePlan, seed: UInt64, hasCovariates: Bool = true) throws -> String {
        let bytes = try OnlineRehearsal(plan, seed: seed).play(context: context).bytes
        var text = String(decoding: bytes, as: UTF8.self)
        if !hasCovariates {
            text = text.split(separator: "\n").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).prefix(7).joined(separator: ",")
            }.joined(separator: "\n")
        }
        return try write(text, "results-\(seed).csv")
    }

    private func write(_ text: String, _ name: String) throws -> String {
        let path = sample.folder.appendingPathComponent(name).path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func withoutARoundThereIsNothingToGoBy() throws {
        let error = #expect(throws: EspalierError.self) { try study.perform(ProposePolicies(), context) }
        #expect(error?.message == "no round of an online test counts")
    }

    /// Two rounds, the second of what was proposed: candidates that can be planned, an estimate for each that is recommended, and
    /// the same again when asked again.
    @Test func roundsLeadToTheNext() throws {
        _ = try study.perform(AddRound(results(try plan(slice: 0.1), seed: 1), planPath: nil), context)
        let first = try study.perform(ProposePolicies(count: 3), context)
        #expect(first.batch.count == 3 && first.record.reason == nil && first.record.rounds == [1])
        #expect(try study.perform(ProposePolicies(count: 3), context).record == first.record)
        #expect(try study.file.nextRound(in: study) == first.record)
        for held in first.record.recommended {
            #expect(held.outcomes.count == study.space.outcomeCount)
            #expect(held.outcomes.allSatisfy { $0.difference.standardError ?? 0 > 0 })
            #expect(held.modelShare == 0)
        }
        let next = try plan(first.record.batch)
        #expect(next.policies.compactMap(\.candidate) == first.record.batch)
        _ = try study.perform(AddRound(results(next, seed: 2), planPath: nil), context)
        let second = try study.perform(ProposePolicies(count: 3), context)
        #expect(second.record.rounds == [1, 2])
        let shown = Set(try study.file.candidates().map(\.id))
        #expect(second.record.batch.allSatisfy(shown.contains))
    }

    /// Undo hides what was proposed.
    @Test func aProposalCanBeTakenBack() throws {
        _ = try study.perform(AddRound(results(try plan(), seed: 1), planPath: nil), context)
        let before = Set(try study.file.candidates().map(\.id))
        let next = try study.perform(ProposePolicies(count: 2), context)
        let step = try #require(try study.file.resume().history.past.last)
        #expect(step.name == "next policies after round 1")
        #expect(Set(next.batch.map(\.id)).subtracting(before).isSubset(of: step.before.hidden))
    }

    /// Averages alone do, with a sentence; covariates may come from another file.
    @Test func averagesAloneDo() throws {
        let plan = try plan()
        let whole = try results(plan, seed: 1)
        let bare = try results(plan, seed: 2, hasCovariates: false)
        _ = try study.perform(AddRound(bare, planPath: nil), context)
        let next = try study.perform(ProposePolicies(count: 2), context)
        #expect(next.record.reason == "round 1 has no covariates of its units as the study encodes them")
        #expect(next.batch.count == 2 && next.record.recommended.allSatisfy { $0.modelShare == nil })
        let error = #expect(throws: EspalierError.self) {
            try study.answer(ReadResults(bare, planPath: nil, covariatesPath: whole), context)
        }
        #expect(error?.message.contains("have no covariates") == true)
        let joined = try study.answer(
            ReadResults(
                results(plan, seed: 1, hasCovariates: false), planPath: nil, covariatesPath: try self.whole(plan)),
            context)
        #expect(joined.hasCovariates)
    }

    private func whole(_ plan: OnlinePlan) throws -> String {
        let bytes = try OnlineRehearsal(plan, seed: 1).play(context: context).bytes
        return try write(String(decoding: bytes, as: UTF8.self), "members.csv")
    }

    /// Arms that a policy of weights and biases does not give are found out, and nothing is kept.
    @Test func armsThatNoPolicyGivesAreRefused() throws {
        let plan = try plan()
        let path = try results(plan, seed: 1)
        let candidate = try #require(plan.policies.last { $0.candidate != nil }).id
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line -> String in
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if fields[1] == candidate { fields[2] = fields[2] == plan.arms[0] ? plan.arms[1] : plan.arms[0] }
            return fields.joined(separator: ",")
        }
        let wrong = try write(lines.joined(separator: "\n"), "wrong.csv")
        let error = #expect(throws: EspalierError.self) { try study.perform(AddRound(wrong, planPath: nil), context) }
        #expect(error?.message.contains("got arms that their policy does not give them") == true)
        #expect(try study.file.rounds(in: study).isEmpty)
    }

    @Test func theBestIsRepeated() throws {
        _ = try study.perform(AddRound(results(try plan(), seed: 1), planPath: nil), context)
        let best = try study.answer(BestTested(), context)
        let next = try study.perform(ProposePolicies(repeating: best.id), context)
        #expect(next.record.batch == [best.id])
    }

    // MARK: Launch

    /// The file of the first pick as it is launched.
    private func launch(holdout: Double = 0.05, users: Int = 24_000) throws -> PolicyDocument {
        let candidate = try #require(try study.file.candidates().first(where: \.isPicked))
        let path = sample.folder.appendingPathComponent("policy.json").path
        _ = try study.perform(
            LaunchPolicy(
                candidate: candidate.id, holdout: holdout, days: 30, users: users, path: path, tool: "test"
            ) { try $0.json().write(to: URL(fileURLWithPath: path)) }, context)
        return try PolicyDocument(json: Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    }

    private func monitor(
        _ policy: PolicyDocument, loss: Double, seed: UInt64, users: Int = 800
    ) throws -> MonitorReading {
        let bytes = try LaunchRehearsal(policy, seed: seed).play(days: 30, users: users, loss: loss, context: context)
        let path = try write(String(decoding: bytes, as: UTF8.self), "log.csv")
        let log = try MonitorLog(path, policy: policy, file: "policy.json", context: context)
        return try MonitorReading(log, policy, losses: [:], file: path, context: context)
    }

    @Test func aLaunchNeedsAHoldout() throws {
        let error = #expect(throws: EspalierError.self) { try launch(holdout: 0) }
        #expect(error?.message == "a launch without a holdout cannot be watched")
        let launched = try launch()
        #expect(launched.launch?.outcomes.map(\.name) == study.space.outcomes.map(\.name))
        #expect(launched.assignment.holdout == 0.05)
    }

    /// Thirty days without a loss alarm nobody; a planted loss of sessions is found, and nothing else differs.
    @Test func aPlantedLossIsFound() throws {
        let policy = try launch()
        let well = try monitor(policy, loss: 0, seed: 1)
        #expect(!well.isAlarm && well.day == 30 && well.units == 24_000)
        #expect(abs(Double(well.holdout) / 24_000 - 0.05) < 0.01)
        let ill = try monitor(policy, loss: 1, seed: 1)
        #expect(ill.alarms == ["sessions"])
        #expect(ill.backtest.outcomes.dropFirst() == well.backtest.outcomes.dropFirst())
        #expect(ill.finding.hasPrefix("the policy surely loses in sessions against its holdout"))
    }

    /// The small version of `espalier-bench online launches`: of twelve launches without a loss at most one alarms, where 5% would.
    @Test func quietLaunchesAlarmNobody() throws {
        let policy = try launch(users: 12_000)
        let alarms = try (1...12 as ClosedRange<UInt64>).count {
            try monitor(policy, loss: 0, seed: 100 + $0, users: 400).isAlarm
        }
        #expect(alarms <= 1)
    }

    /// A unit twice, an arm or a day that is none, and a file of a policy that was not launched: one sentence each.
    @Test func badLogsAreRefused() throws {
        let policy = try launch()
        let bytes = try LaunchRehearsal(policy, seed: 1).play(days: 1, users: 20, loss: 0, context: context)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        func message(_ lines: [String], _ policy: PolicyDocument) throws -> String {
            let path = try write(lines.joined(separator: "\n"), "bad.csv")
            let error = #expect(throws: EspalierError.self) {
                try MonitorLog(path, policy: policy, file: "policy.json", context: context)
            }
            return error?.message ?? ""
        }
        #expect(try message(lines + [lines[1]], policy).contains("stands here a second time"))
        func changed(_ column: Int, _ text: String) -> [String] {
            var fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields[column] = text
            return [lines[0], fields.joined(separator: ",")] + lines.dropFirst(2)
        }
        #expect(try message(changed(1, "0"), policy) == "the day is no whole number from 1 on")
        #expect(try message(changed(2, "nobody"), policy).contains("is none of the policy's"))
        let held = lines[1].split(separator: ",")[3] == "1"
        #expect(try message(changed(3, held ? "0" : "1"), policy).contains("by the policy's draws"))
        let candidate = try #require(try study.file.candidates().first(where: \.isPicked))
        let plain = try study.document(of: candidate, holdout: 0.05, tool: "test", context: context)
        #expect(try message(lines, plain) == "the policy was not launched: it has no holdout to be compared with")
    }
}
