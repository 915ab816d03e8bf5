import Foundation
import Online
import Policies
import Runtime
import Simulation
import Statistics
import Studies
import Testing

/// A fit of the log and the rounds of its online tests together.
@Suite struct PooledRoundsTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy.withPicks() }

    private func plan() throws -> OnlinePlan {
        var request = PlanRequest()
        request.users = 400
        return try study.perform(PlanRound(request, path: "-", tool: "test") { _ in }, context)
    }

    private func read(hasCovariates: Bool = true) throws -> RoundRecord {
        let bytes = try OnlineRehearsal(plan(), seed: 1).play(context: context).bytes
        var text = String(decoding: bytes, as: UTF8.self)
        if !hasCovariates {
            text = text.split(separator: "\n").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).prefix(7).joined(separator: ",")
            }.joined(separator: "\n")
        }
        let path = sample.folder.appendingPathComponent("results.csv").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try study.perform(AddRound(path, planPath: nil), context)
    }

    private func refit() throws -> Study {
        let fit = try StudyFit.pooling(study, context: context)
        let path = sample.folder.appendingPathComponent("pooled.espalier").path
        try StudyCopy.make(of: study.file.path, at: path)
        return try Study.create(at: path, fit: fit, workers: context.workers)
    }

    /// Picks, rounds and old estimates stay, units are those of both; the study reads its experiment again from data and rounds.
    @Test func theRoundsStandBesideTheLog() throws {
        let round = try read()
        let before = try study.file.candidates().filter(\.isPicked)
        let pooled = try refit()
        let description = pooled.description
        #expect(description.unitCount == study.description.unitCount + round.unitCount)
        #expect(description.pooled?.rounds == [1] && description.pooled?.unitCount == round.unitCount)
        #expect(description.caveats?.last?.contains("round 1") == true)
        let after = try pooled.file.candidates().filter(\.isPicked)
        #expect(after.map(\.id) == before.map(\.id) && after.allSatisfy { $0.confirm != nil })
        #expect(after.first?.tune != before.first?.tune)
        #expect(try pooled.file.rounds(in: pooled) == [round])
        let again = try pooled.readExperiment(context: context)
        #expect(again.units.keys == pooled.units.keys && again.assignment == pooled.units.assignment)
        #expect(again.outcomes.map(\.observed.values) == pooled.units.observed)
        // Whoever stood in a split of the log stands there still.
        let tune = Set(study.units.keys.prefix(study.units.tuneCount))
        #expect(tune.isSubset(of: Set(pooled.units.keys.prefix(pooled.units.tuneCount))))
        // The next policies still go by the units.
        let next = try pooled.perform(ProposePolicies(count: 2), context)
        #expect(next.record.reason == nil)
    }

    /// Results that were read without covariates and are read again with them are the same round, which then knows them; undo of
    /// other things and reading a third time change nothing.
    @Test func covariatesMayComeLater() throws {
        let bytes = try OnlineRehearsal(plan(), seed: 1).play(context: context).bytes
        let full = sample.folder.appendingPathComponent("full.csv").path
        let bare = sample.folder.appendingPathComponent("bare.csv").path
        try Data(bytes).write(to: URL(fileURLWithPath: full))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).prefix(7).joined(separator: ",")
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: bare))
        let first = try study.perform(AddRound(bare, planPath: nil), context)
        #expect(throws: EspalierError.self) { try StudyFit.pooling(study, context: context) }
        #expect(try study.answer(ReadResults(bare, planPath: nil, covariatesPath: full), context).known == nil)
        let second = try study.perform(AddRound(bare, planPath: nil, covariatesPath: full), context)
        #expect(second.number == first.number && second.means == first.means && second != first)
        #expect(try study.file.rounds(in: study) == [second])
        #expect(try study.perform(AddRound(bare, planPath: nil, covariatesPath: full), context) == second)
        #expect(try study.perform(AddRound(bare, planPath: nil), context) == second)
        #expect(try refit().description.pooled?.rounds == [first.number])
    }

    /// A second time is refused, for nobody knows what the policies of then would give the units of now.
    @Test func whatCannotStandTogetherIsRefused() throws {
        let none = #expect(throws: EspalierError.self) { try StudyFit.pooling(study, context: context) }
        #expect(none?.message == "no round of an online test counts")
        _ = try read(hasCovariates: false)
        let bare = #expect(throws: EspalierError.self) { try StudyFit.pooling(study, context: context) }
        #expect(bare?.message.contains("round 1 has no covariates") == true)
        _ = try study.perform(WithdrawRound(1), context)
        _ = try read()
        let pooled = try refit()
        let twice = #expect(throws: EspalierError.self) { try StudyFit.pooling(pooled, context: context) }
        #expect(twice?.message.contains("holds rounds already") == true)
    }
}

/// Levels of periods where the arms follow the covariates and effects differ.
@Suite struct PeriodLevelsTests {
    @Test func levelsAreNotTakenForEffects() throws {
        var stream = RandomStream(seed: 3)
        let count = 30_000
        let planted = [0, 0.5, -0.3]
        var (x, arms, periods, outcome): ([Float], [UInt8], [UInt8], [Float]) = ([], [], [], [])
        for unit in 0..<count {
            let own = stream.normal()
            let period = unit % 3
            // Rounds give arm 1 to those whom it does good, and to a tenth of the others.
            let arm = period == 0 ? stream.index(below: 2) : own > 0 || stream.uniform() < 0.1 ? 1 : 0
            x.append(Float(own))
            arms.append(UInt8(arm))
            periods.append(UInt8(period))
            outcome.append(Float(own + (arm == 1 ? 0.6 * own : 0) + planted[period] + stream.normal()))
        }
        let found = try PeriodLevels.estimate(
            [outcome], periods: periods, periodCount: 3, arms: arms, armCount: 2, design: [x], context: RunContext())[0]
        let mean = planted.reduce(0, +) / 3
        for (found, planted) in zip(found, planted) { #expect(abs(found - (planted - mean)) < 0.05) }
    }
}
