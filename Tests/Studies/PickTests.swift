import Foundation
import Frontier
import Policies
import Runtime
import Studies
import Testing

@Suite struct PickTests {
    /// The whole front is kept, a handful become candidates, and picks come from all of it.
    @Test func picksChooseAmongTheWholeFront() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let front = try study.perform(SearchFront(SearchSettings(evaluations: 64)), RunContext())
        #expect(front.record.points.count > front.candidates.count)
        #expect((3...15).contains(front.candidates.count))
        let stored = try #require(try study.file.front())
        #expect(stored == front.record)
        // With weights alone never higher, and part of the record.
        let weightsOnly = try #require(stored.weightsOnly)
        #expect(weightsOnly.hypervolume <= stored.hypervolume && !weightsOnly.points.isEmpty)
        #expect(weightsOnly.points.allSatisfy { $0.knobs.biases.allSatisfy { $0 == 0 } })

        let before = try study.file.candidates().count
        let picks = try study.perform(PickByHypervolume(count: 4), RunContext())
        #expect(picks.candidates.count == 4 && picks.poolCount >= stored.points.count)
        #expect(picks.candidates.allSatisfy { $0.confirm != nil && $0.isPicked })
        let reference = stored.orientedReference(in: study.space)
        let chosen = SubsetSelection(stored.points.map(\.values), count: 4, reference: reference)
        #expect(abs(picks.hypervolume - chosen.hypervolume) < 1e-9 * chosen.hypervolume)
        #expect(try study.file.looks() == 4)
        // Those of the front that were no candidates yet became some.
        let known = Set(front.candidates.map(\.id))
        let after = try study.file.candidates().count
        #expect(after == before + picks.candidates.count { !known.contains($0.id) })
        // Again: the same picks, no new candidates, no new looks.
        let again = try study.perform(PickByHypervolume(count: 4), RunContext())
        #expect(again.candidates.map(\.id) == picks.candidates.map(\.id))
        #expect(try study.file.candidates().count == after && study.file.looks() == 4)
    }

    /// Other picks add the looks they need, those seen before cost none, and more picks than a test can hold are refused.
    @Test func everyLookIsCountedOnce() throws {
        let sample = try SampleStudy()
        let study = sample.study
        _ = try study.perform(SearchFront(SearchSettings(evaluations: 64)), RunContext())
        let all = try study.file.candidates()
        let first = try study.perform(SetPicks(Set(all.prefix(2).map(\.id))), RunContext()).candidates
        #expect(try first.allSatisfy { $0.isPicked && $0.confirm != nil } && study.file.looks() == 2)
        let second = try study.perform(SetPicks(Set(all[1...2].map(\.id))), RunContext()).candidates
        #expect(try study.file.looks() == 3)
        #expect(second[0].confirm == first[1].confirm)
        #expect(try study.file.candidates().filter(\.isPicked).map(\.id) == all[1...2].map(\.id))
        let cancelled = Cancellation()
        cancelled.cancel()
        #expect(throws: CancellationError.self) {
            try study.perform(SetPicks(Set(all.prefix(4).map(\.id))), RunContext(cancellation: cancelled))
        }
        #expect(try study.file.candidates().filter(\.isPicked).map(\.id) == all[1...2].map(\.id))
        #expect(try study.file.looks() == 3)
        for count in [0, 101] {
            #expect(throws: EspalierError.self) { try study.perform(PickByHypervolume(count: count), RunContext()) }
        }
    }

    /// Inside the limits where enough are, beside what is picked already, and neither opens confirm before it is done.
    @Test func picksStayInsideAndKeepWhatIsPicked() throws {
        let sample = try SampleStudy()
        let study = sample.study
        _ = try study.perform(SearchFront(SearchSettings(evaluations: 64)), RunContext())
        let plain = try study.answer(ChoosePicks(PickByHypervolume(count: 4)))
        let inside = try study.answer(ChoosePicks(PickByHypervolume(count: 4, inside: true)))
        #expect(inside.outsideCount <= plain.outsideCount)
        #expect(try study.file.looks() == 0)
        let kept = try #require(try study.file.candidates().first)
        _ = try study.perform(SetPicks([kept.id]), RunContext())
        let pick = PickByHypervolume(count: 3, inside: true, keeping: [kept.id])
        #expect(try study.answer(ChoosePicks(pick)).unseenCount == 2)
        let picks = try study.perform(pick, RunContext())
        #expect(picks.candidates.count == 3 && picks.candidates.contains { $0.id == kept.id })
        #expect(picks.candidates.filter { $0.id != kept.id }.allSatisfy { $0.tune?.limits != .outside })
        #expect(picks.proof == .greedy && picks.hypervolume > 0)
        // The log reads it back, and an entry of before is read as it was meant.
        #expect(try OperationRegistry.operation(LogEntry(pick)) as? PickByHypervolume == pick)
        let older = LogEntry(kind: PickByHypervolume.kind, json: Data(#"{"count":3}"#.utf8))
        #expect(try OperationRegistry.operation(older) as? PickByHypervolume == PickByHypervolume(count: 3))
    }

    @Test func reportPutsTuneBesideConfirm() throws {
        let sample = try SampleStudy()
        let study = sample.study
        #expect(try study.answer(ReportPicks()) == nil)
        _ = try study.perform(SearchFront(SearchSettings(evaluations: 48)), RunContext())
        let picks = try study.perform(PickByHypervolume(count: 3), RunContext())
        let report = try #require(try study.answer(ReportPicks()))
        #expect(report.picks.map(\.id) == picks.candidates.map(\.id) && report.looks == 3)
        let critical = try #require(report.confirmCritical)
        #expect(critical > 1.96 && critical < 3.2 && report.tuneCritical > 1.96)
        for (entry, candidate) in zip(report.picks, picks.candidates) {
            for (j, outcome) in entry.outcomes.enumerated() {
                let tune = try #require(candidate.tune?.outcomes[j].difference)
                let own = try #require(candidate.confirm?.outcomes[j].difference)
                let confirm = try #require(outcome.confirm)
                #expect(abs(outcome.tune.difference.value - tune.value) < 1e-6)
                #expect(abs(confirm.difference.value - own.value) < 1e-6)
                #expect(abs(confirm.difference.standardError - (own.standardError ?? 0)) < 1e-6)
                #expect(confirm.difference.simultaneousLow < confirm.difference.low)
                let optimism = try #require(outcome.optimism)
                let sign = study.space.outcomes[j].sign
                #expect(abs(optimism.value - sign * (tune.value - own.value)) < 1e-6)
                #expect((optimism.standardError ?? 0) > confirm.difference.standardError)
                #expect((outcome.unitsPerArm ?? 0) > 0)
            }
        }
        #expect(report.tuneHypervolume > 0 && report.confirmHypervolume != nil)
        // On tune the picks' volume of differences is that of their values above the reference.
        #expect(abs(report.tuneHypervolume - picks.hypervolume) < 1e-6 * picks.hypervolume)
    }

    /// A front stored before whole fronts were kept still opens, and its candidates are what is picked from.
    @Test func recordsOfEarlierVersionsOpen() throws {
        let json = Data(#"{"reference":{"y":0},"hypervolume":2,"candidates":[3,1],"search":4}"#.utf8)
        let record = try JSONDecoder().decode(FrontRecord.self, from: json)
        #expect(record.points.isEmpty && record.weightsOnly == nil && record.candidates == [3, 1])
    }
}
