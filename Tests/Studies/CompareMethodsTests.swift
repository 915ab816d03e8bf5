import Foundation
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// The laboratory's answer for a study: computed, kept, done again, and dropped where it no longer holds.
@Suite struct CompareMethodsTests {
    private static let methods = LaboratoryMethod.named("global") + LaboratoryMethod.named("heuristic")
    private static let small = CompareMethods(methods: methods, replicates: 3, seed: 5, units: 60)

    @Test func theAnswerIsKeptInPlaceOfAnEarlierOne() throws {
        let sample = try SampleStudy()
        let study = sample.study
        #expect(try study.file.laboratory() == nil)
        let found = try study.perform(Self.small, RunContext())
        let kept = try #require(try study.file.laboratory())
        #expect(kept == found.answer && kept.inputs == study.description.inputsDigest)
        let summary = kept.summary
        #expect(summary.rows.map(\.method) == Self.methods.map(\.name) && summary.rows == found.comparison.rows)
        #expect(summary.replicates == 3 && summary.unitsPerArm == 60 && summary.scenario == study.description.spec.name)
        // The kept differences are those of the comparison, which had the single experiments.
        let best = try #require(found.comparison.best(noise: ResampledWorld.noiseLevel))
        #expect(summary.best?.method == best.method && summary.indistinguishable == best.others)
        #expect(summary.differences.count == Self.methods.count - 1 && summary.differences.allSatisfy { $0.value <= 0 })
        let other = try study.perform(
            CompareMethods(methods: [.global], replicates: 2, seed: 6, units: 60), RunContext())
        #expect(try study.file.laboratory() == other.answer && other.answer != kept)
        #expect(try study.file.entries().map(\.entry.kind) == ["fit", "lab.compare", "lab.compare"])
        // Nothing to undo: no decision was made.
        #expect(try study.file.resume().history.past.isEmpty)
        try study.file.forgetDecisions()
        #expect(try study.file.laboratory() == nil)
    }

    @Test func theSameSeedIsTheSameAnswerOnAnyNumberOfThreads() throws {
        let study = try SampleStudy().study
        func answer(_ threads: Int) throws -> StudyLaboratory {
            try Self.small.compare(study, RunContext(workers: Workers(count: threads))).answer
        }
        let one = try answer(1)
        #expect(try answer(3) == one)
        let other = CompareMethods(methods: Self.methods, replicates: 3, seed: 6, units: 60)
        #expect(try other.compare(study, RunContext()).answer != one)
        #expect(try study.file.laboratory() == nil)
    }

    @Test func itsEntryIsItsInputs() throws {
        let entry = try LogEntry(Self.small)
        let names = Self.methods.map { "\"\($0.name)\"" }.joined(separator: ",")
        #expect(
            String(decoding: entry.json, as: UTF8.self)
                == #"{"methods":["# + names + #"],"replicates":3,"seed":5,"units":60}"#)
        #expect(try OperationRegistry.operation(entry) as? CompareMethods == Self.small)
        let unknown = LogEntry(kind: "lab.compare", json: Data(#"{"methods":["lp"],"replicates":3,"seed":5}"#.utf8))
        #expect(throws: DecodingError.self) { try OperationRegistry.operation(unknown) }
        let space = try SampleStudy().study.space
        #expect(Self.small.fits(space) && CompareMethods().fits(space))
        for wrong in [
            CompareMethods(methods: []), CompareMethods(methods: [.global, .global]), CompareMethods(replicates: 0),
            CompareMethods(replicates: 1_000_000), CompareMethods(units: 3),
        ] { #expect(!wrong.fits(space)) }
    }

    @Test func stoppedItKeepsNothing() throws {
        let study = try SampleStudy().study
        let stopped = Cancellation()
        stopped.cancel()
        #expect(throws: CancellationError.self) {
            try study.perform(Self.small, RunContext(cancellation: stopped))
        }
        #expect(try study.file.laboratory() == nil && study.file.entries().count == 1)
    }

    @Test func progressCountsExperiments() throws {
        let study = try SampleStudy().study
        let seen = Counter()
        _ = try Self.small.compare(
            study,
            RunContext { progress in
                if progress.phase.hasPrefix("laboratory"), progress.total == 3 { _ = seen.next() }
            })
        #expect(seen.next() == 5)
    }

    /// The same fit again keeps it; one of other limits, or of other units, does not.
    @Test func aRefitKeepsItWhereItIsTheSameFit() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path, units: 1_500, seed: 5)
        let spec = folder.appendingPathComponent("experiment.yaml")
        let path = folder.appendingPathComponent("study.espalier").path
        func fit() throws -> Study {
            try Study.create(
                at: path, fit: StudyFit.run(specPath: spec.path, context: RunContext()), workers: Workers())
        }
        let answer: StudyLaboratory
        do { answer = try fit().perform(Self.small, RunContext()).answer }
        do { #expect(try fit().file.laboratory() == answer) }
        let text = try String(contentsOf: spec, encoding: .utf8)
        let looser = text.replacingOccurrences(of: "relative: -0.02", with: "relative: -0.03")
        try #require(looser != text)
        try looser.write(to: spec, atomically: true, encoding: .utf8)
        #expect(try fit().file.laboratory() == nil)
    }
}
