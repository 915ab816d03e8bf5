import Foundation
import Policies
import Runtime
import Simulation
import Studies
import Testing
import Workbench

/// Done again from its log, the work of commands leads to the same study.
@Suite struct ReplayTests {
    private struct Held: Equatable {
        let candidates: [Candidate]
        let hidden: Set<Int>
        let looks: Int
        let laboratory: StudyLaboratory?
        let decisions: Decisions?
        let steps: [String]
        let kinds: [String]

        init(_ file: StudyFile) throws {
            candidates = try file.candidates(includingHidden: true)
            hidden = try file.hiddenCandidates()
            looks = try file.looks()
            laboratory = try file.laboratory()
            let resume = try file.resume()
            decisions = resume.decisions
            steps = resume.history.past.map(\.name)
            kinds = try file.entries().map(\.entry.kind)
        }
    }

    @Test func theLogOfEveryCommandLeadsToTheSameStudy() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path, units: 1_500, seed: 5)
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        let fit = try StudyFit.run(specPath: path("experiment.yaml"), context: RunContext())
        let held: Held
        do {
            let study = try Study.create(at: path("done.espalier"), fit: fit, workers: Workers())
            let context = RunContext()
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.biases[1] = 0.05
            _ = try study.perform(AddCandidate(knobs), context)
            _ = try study.perform(SetNote("by hand", of: 1), context)
            let front = try study.perform(SearchFront(.init(evaluations: 40)), context)
            _ = try study.perform(SetPicks([front.candidates[0].id]), context)
            _ = try study.perform(SearchFront(.init(evaluations: 40, seed: 2)), context)
            _ = try study.perform(PickByHypervolume(count: 3), context)
            _ = try study.perform(SetHidden(hidden: [1]), context)
            _ = try study.perform(MoveReference(["sessions": 2.5]), context)
            _ = try study.perform(HoldLimits(from: knobs), context)
            _ = try study.perform(
                LookAtConfirm(at: .all, by: "evaluate", estimator: .dr, knobs: knobs), context)
            _ = try study.perform(ExplainOnConfirm(front.candidates[0].id, depth: 1), context)
            _ = try study.perform(FindSubgroups(arm: 1, outcome: 0), context)
            _ = try study.perform(SearchHyperparameters(trials: 1, seed: 3), context)
            _ = try study.perform(
                CompareMethods(methods: LaboratoryMethod.named("heuristic"), replicates: 2, seed: 4, units: 60), context
            )
            _ = try study.perform(
                ExportPolicy(candidate: front.candidates[0].id, path: "-", tool: "tests") { _ in }, context)
            held = try Held(study.file)
            try StudyLog.export(study.file).write(to: folder.appendingPathComponent("log.jsonl"))
        }
        _ = try Study.create(at: path("again.espalier"), fit: fit, workers: Workers())
        let session = Session(
            title: "again", worker: StudyWorker(.study(path: path("again.espalier")), workers: Workers()),
            services: WorkbenchServices(tool: "tests")
        ) {}
        session.start()
        session.settle()
        try session.replay(StudyLog(file: path("log.jsonl")), from: "log.jsonl")
        session.close()
        #expect(session.state.facts.looks == held.looks && session.state.decisions == held.decisions)
        let copy = path("copy.espalier")
        try StudyCopy.make(of: path("again.espalier"), at: copy)
        let again = try Held(StudyFile(opening: copy))
        #expect(again.candidates == held.candidates && again.hidden == held.hidden)
        #expect(again.laboratory == held.laboratory && held.laboratory != nil)
        #expect(again.looks == held.looks && again.decisions == held.decisions && again.steps == held.steps)
        // The fit is there already, and stands in the log a second time.
        #expect(again.kinds.filter { $0 != FitStudy.kind } == held.kinds.filter { $0 != FitStudy.kind })
    }
}
