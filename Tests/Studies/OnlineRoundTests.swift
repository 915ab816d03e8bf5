import Foundation
import Frontier
import Online
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// The loop of an online test: planned from the picks, played, read, kept and taken back.
@Suite struct OnlineRoundTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy.withPicks() }

    private func plan(slice: Double = 0, users: Int = 300) throws -> OnlinePlan {
        var request = PlanRequest()
        request.users = users
        request.slice = slice
        request.longTerm = [PlanRequest.LongTerm(name: "retention_90", direction: .maximize)]
        return try study.perform(PlanRound(request, path: "-", tool: "test") { _ in }, context)
    }

    private func results(_ plan: OnlinePlan, seed: UInt64 = 1) throws -> (path: String, played: OnlineRehearsal.Played)
    {
        let played = try OnlineRehearsal(plan, seed: seed).play(context: context)
        let path = sample.folder.appendingPathComponent("results-\(seed).csv").path
        try Data(played.bytes).write(to: URL(fileURLWithPath: path))
        return (path, played)
    }

    /// Control, the best single arm and the picks, with what confirm says of them; the second plan draws other groups.
    @Test func aPlanHoldsThePicks() throws {
        let looks = try study.file.looks()
        let plan = try plan()
        let picked = try study.file.candidates().filter(\.isPicked)
        #expect(plan.policies.compactMap(\.candidate) == picked.map(\.id))
        #expect(plan.policies[0].id == OnlinePlan.controlID && plan.policies[0].arm == study.space.arms[0])
        for (entry, candidate) in zip(plan.policies.filter { $0.candidate != nil }, picked) {
            let difference = try #require(candidate.confirm?.outcomes[0].difference)
            #expect(entry.offline[0].value == difference.value && entry.offline[0].split == .confirm)
            #expect(entry.policy?.assignment.holdout == 0)
        }
        #expect(plan.outcomes.last?.isInLog == false && plan.outcomes.first?.spread ?? 0 > 0)
        let singles = plan.policies.count { $0.arm != nil } - 1
        #expect(try study.file.looks() == looks + singles)
        let second = try self.plan()
        #expect(second.assignment.salt != plan.assignment.salt)
        #expect(try study.file.onlinePlan(in: study) == second.summary)
        #expect(try study.file.looks() == looks + singles)
    }

    /// Which plan counts and what is launched are decisions: undo goes back to those before.
    @Test func plansAndLaunchesAreTakenBack() throws {
        let first = try plan()
        let second = try plan()
        #expect(try study.file.onlinePlan(in: study) == second.summary)
        let resume = try study.file.resume()
        #expect(resume.decisions?.online?.plan == OnlineDecisions.Plan(number: 2, path: "-"))
        let step = try #require(resume.history.past.last)
        #expect(step.name == "plan round 2")
        try study.file.transaction { try $0.save(step.before) }
        #expect(try study.file.onlinePlan(in: study) == first.summary)
        let picked = try #require(try study.file.candidates().first(where: \.isPicked))
        try study.perform(
            LaunchPolicy(candidate: picked.id, holdout: 0.05, days: 10, users: 900, path: "p.json", tool: "test") { _ in
            }, context)
        let launched = try study.file.resume()
        #expect(
            launched.decisions?.online?.launch
                == OnlineDecisions.Launch(candidate: picked.id, holdout: 0.05, path: "p.json"))
        #expect(launched.history.past.last?.name == "launch \(picked.name)")
        #expect(launched.history.past.last?.before.online?.launch == nil)
        let review = try study.answer(ReviewOnlineTest(), context)
        #expect(review.plans == [1: first.summary, 2: second.summary] && review.rounds.isEmpty)
    }

    /// Units of the slice stand beside those of the policies, and count in the sample ratio.
    @Test func theSliceIsPartOfTheRound() throws {
        let plan = try plan(slice: 0.2)
        let path = try results(plan).path
        let found = try study.answer(ReadResults(path, planPath: nil), context)
        let rows = try #require(found.results.rows)
        #expect(rows.policies.contains(UInt8(plan.policies.count)))
        #expect(found.reading.users == rows.keys.count && found.reading.sampleRatioP > 0.001)
    }

    @Test func aRoundReadTwiceIsOneRound() throws {
        let path = try results(try plan()).path
        let round = try study.perform(AddRound(path, planPath: nil), context)
        #expect(round.number == 1 && round.unitCount > 0)
        #expect(try study.answer(ReadResults(path, planPath: nil), context).known == round)
        #expect(try study.perform(AddRound(path, planPath: nil), context) == round)
        #expect(try study.file.rounds(in: study) == [round])
        let again = try SampleStudy.reopened(sample)
        #expect(try again.file.rounds(in: again) == [round])
    }

    /// Undo and `WithdrawRound` take a round back; reading it again lets it count again, under its number.
    @Test func aRoundCanBeTakenBack() throws {
        let plan = try plan()
        let path = try results(plan).path
        let round = try study.perform(AddRound(path, planPath: nil), context)
        let resume = try study.file.resume()
        let step = try #require(resume.history.past.last)
        #expect(step.name == "read round 1" && step.before.withdrawnRounds == [1])
        #expect(resume.decisions?.withdrawnRounds == nil)
        _ = try study.perform(WithdrawRound(1), context)
        #expect(try study.file.rounds(in: study).isEmpty)
        #expect(throws: EspalierError.self) { try study.perform(WithdrawRound(1), context) }
        #expect(try study.perform(AddRound(path, planPath: nil), context) == round)
        #expect(try study.file.rounds(in: study) == [round])
        let other = try study.perform(AddRound(try results(plan, seed: 2).path, planPath: nil), context)
        #expect(other.number == 2)
    }

    /// Units of another round are in other policies; nothing of them is kept.
    @Test func resultsOfAnotherPlanAreRefused() throws {
        let path = try results(try plan()).path
        _ = try plan()
        let error = #expect(throws: EspalierError.self) { try study.perform(AddRound(path, planPath: nil), context) }
        #expect(error?.message.contains("units are in other policies than the plan gives them") == true)
        #expect(try study.file.rounds(in: study).isEmpty)
    }

    /// A rehearsal is a function of its seed, and what is read is what was played: means within 4.5 standard errors.
    @Test func whatIsReadIsWhatWasPlayed() throws {
        let plan = try plan(users: 2_000)
        let (path, played) = try results(plan)
        #expect(try OnlineRehearsal(plan, seed: 1).play(context: context).bytes == played.bytes)
        let reading = try study.answer(ReadResults(path, planPath: nil), context).reading
        for policy in reading.policies {
            for outcome in policy.outcomes {
                let truth = try #require(played.truth[policy.id]?[outcome.name])
                #expect(abs(outcome.value - truth) < 4.5 * outcome.standardError, "\(policy.id) \(outcome.name)")
            }
        }
        #expect(reading.lines.last?.reason == "the log does not have retention_90")
    }
}
