import Dispatch
import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime
import Studies
import Synchronization

/// Where jobs are done: the engine and the study file behind the screens.
package final class StudyWorker: Sendable {
    /// What the workbench was opened on.
    package enum Subject: Sendable {
        case study(path: String)
        /// A spec, and where its study goes; a study that is there already and still current is opened instead of fitted.
        case spec(path: String, study: String)
    }

    /// The report on a study as HTML, with the candidate it says was chosen.
    package typealias Page = @Sendable (Study, Candidate?, Workers) throws -> String

    private let subject: Subject
    /// What the names of files typed on screen start from; nil is the present folder.
    private let folder: String?
    private let workers: Workers
    private let tool: String
    private let page: Page?
    private let study = Mutex<Study?>(nil)
    /// Evaluators on tune; making one costs a pass over the data per arm.
    private let evaluators = Mutex<[Estimator: PolicyEvaluator]>([:])
    /// The drill-down shown last, for the gains in its cells.
    private let drilled = Mutex<DrillDown?>(nil)
    /// Left once the study is open or cannot be: what is asked for while a fit is still being written waits for it.
    private let opening = DispatchGroup()

    /// - Parameter page: makes the study's HTML report; nil where there is none to be had.
    package init(
        _ subject: Subject, folder: String? = nil, workers: Workers, tool: String, page: Page? = nil
    ) {
        self.subject = subject
        self.folder = folder
        self.workers = workers
        self.tool = tool
        self.page = page
        opening.enter()
    }

    /// Does a job and hands over what it brings, in order.
    package func run(_ job: Job, cancellation: Cancellation, deliver: @escaping @Sendable (JobResult) -> Void) {
        let kind = job.kind
        let clock = ContinuousClock()
        let start = clock.now
        let context = RunContext(workers: workers, cancellation: cancellation) { progress in
            deliver(.progress(kind, progress, elapsed: (clock.now - start) / .seconds(1)))
        }
        do {
            try perform(job, context, deliver)
            deliver(.finished(kind))
        } catch is CancellationError {
            deliver(.cancelled(kind))
        } catch let error as EspalierError {
            deliver(.failed(kind, error))
        } catch {
            deliver(.failed(kind, EspalierError(.internal, "\(error)")))
        }
    }

    private func perform(_ job: Job, _ context: RunContext, _ deliver: @escaping @Sendable (JobResult) -> Void) throws {
        if case .fit = job {
            defer { opening.leave() }
            try open(context, deliver)
            return
        }
        opening.wait()
        guard let study = study.withLock({ $0 }) else { return }
        switch job {
        case .fit: break
        case .evaluate(let knobs, let estimator):
            let evaluator = try evaluator(study, estimator)
            deliver(.evaluated(knobs, estimator, evaluator.evaluate(knobs)))
        case .evaluatePins(let pins, let estimator):
            let evaluator = try evaluator(study, estimator)
            let pairs = pins.map { ($0, evaluator.evaluate($0)) }
            deliver(.evaluatedPins(Dictionary(pairs, uniquingKeysWith: { $1 }), estimator))
        case .cohortGains(let knobs):
            let policy = LinearPolicy(knobs, in: study.space)
            let cells = drilled.withLock { $0 }.map { study.gains(of: policy, in: $0, workers: workers) } ?? []
            deliver(
                .gained(
                    WorkbenchState.CohortGains(
                        knobs: knobs, cohorts: study.cohortGains(of: policy, workers: workers), cells: cells)))
        case .drillDown(let names):
            let drill = try study.drillDown(by: names, context: context)
            drilled.withLock { $0 = drill }
            deliver(.drilledDown(drill))
        case .writeText(let text, let path):
            deliver(.wroteText(path: try OutputFile.write(Data(text.utf8), to: path, in: folder)))
        case .report(let id, let path):
            // Asked before the page is made, which takes a while.
            _ = try OutputFile.target(path, in: folder)
            guard let page else {
                throw EspalierError(
                    .usage, "no report can be written from here", remedy: "write it with `espalier report`")
            }
            context.report(Progress(phase: "writing the report", done: 0, total: 1))
            let chosen = try study.file.candidates().first { $0.id == id }
            let text = try page(study, chosen, workers)
            deliver(.wroteText(path: try OutputFile.write(Data(text.utf8), to: path, in: folder)))
        case .setNote(let id, let text):
            try study.file.setNote(text, of: id)
            if let candidate = try study.file.candidates().first(where: { $0.id == id }) { deliver(.noted(candidate)) }
        case .setReference(let reference):
            if let front = try study.measureFront(reference: reference) { deliver(.measured(front)) }
        case .profile(let knob, let knobs, let estimator):
            let evaluator = try evaluator(study, estimator)
            let grid = study.workspace.grids[knob].values
            deliver(
                .profiled(
                    knobs, estimator, ParameterProfile(of: knob, from: knobs, grid: grid, evaluator: evaluator)))
        case .holdLimits(let knobs):
            let evaluator = try study.workspace.evaluator(workers: Workers(count: 1))
            let found = try BestWithinLimits(evaluator: evaluator, grids: study.workspace.grids).search(
                from: knobs, context: context)
            deliver(.heldLimits(from: knobs, found))
        case .search(let settings):
            let phase = settings.feasible ? "searching inside the limits" : "searching the front"
            let front = try study.searchFront(settings, context: context.naming(phase))
            deliver(.searched(front, try study.file.candidates(), settings))
        case .inspect(let candidate, let pane):
            if let found = try study.inspect(candidate, pane, context) {
                deliver(.inspected(candidate: candidate.id, pane, found))
            }
        case .judgeFeasibility(let candidates):
            let probabilities = try study.feasibility(of: candidates, workers: workers)
            let pairs = zip(candidates, probabilities).compactMap { candidate, p in p.map { (candidate.id, $0) } }
            deliver(.judgedFeasibility(Dictionary(pairs) { $1 }))
        case .judge(let all):
            let learners = all ? LearnerSpec.all(with: study.description.spec.effects.learner) : nil
            deliver(.judged(try study.judge(learners, context: context), all: all))
        case .tuneLearner(let seed):
            deliver(.tuned(try study.tune(trials: HyperparameterSearch.usualTrials, seed: seed, context: context)))
        case .findSubgroups(let arm, let outcome):
            deliver(.foundSubgroups(try study.findSubgroups(arm: arm, outcome: outcome, context: context)))
        case .addCandidate(let knobs): deliver(.added(try study.addCandidate(knobs, workers: workers)))
        case .setPicked(let wanted):
            let candidates = try study.file.candidates().filter { wanted.contains($0.id) }
            deliver(.picked(try study.setPicks(candidates, context: context), looks: try study.file.looks()))
            deliver(.reportedPicks(try study.pickReport(workers: workers)))
        case .pickBest(let count):
            let picks = try study.pick(count: count, context: context)
            deliver(.pickedBest(picks, looks: try study.file.looks()))
            deliver(.reportedPicks(try study.pickReport(workers: workers)))
        case .setHidden(let hidden, let shown):
            try study.file.setHidden(true, of: hidden.sorted())
            try study.file.setHidden(false, of: shown.sorted())
        case .export(let id, let knobs, let path):
            _ = try OutputFile.target(path, in: folder)
            let known = try study.file.candidates().first { $0.id == id || (id == nil && $0.knobs == knobs) }
            let candidate = try known ?? study.addCandidate(knobs, workers: workers)
            if known == nil { deliver(.added(candidate)) }
            let document = try study.document(of: candidate, holdout: 0, tool: tool)
            let written = try OutputFile.write(document.json(), to: path, in: folder)
            deliver(.exported(path: written, candidate: candidate.name))
        case .checkData:
            let isUnchanged = try study.file.dataHasSameContent(
                study.description, cancellation: context.cancellation)
            deliver(.data(isUnchanged: isUnchanged))
        case .log: break
        }
    }

    /// Keeps what happened in the study; nothing where no study is open yet.
    func commit(_ commit: StudyCommit) throws {
        try study.withLock { $0 }?.file.commit(commit)
    }

    private func evaluator(_ study: Study, _ estimator: Estimator) throws -> PolicyEvaluator {
        if let known = evaluators.withLock({ $0[estimator] }) { return known }
        let made = try study.workspace.evaluator(.tune, estimator, workers: workers)
        evaluators.withLock { $0[estimator] = made }
        return made
    }

    private func open(_ context: RunContext, _ deliver: @escaping @Sendable (JobResult) -> Void) throws {
        let opened: Study
        switch subject {
        case .study(let path): opened = try Study(opening: path)
        case .spec(let spec, let path):
            if let current = try StudyFit.current(specPath: spec, study: path) {
                opened = current
            } else {
                let fit = try StudyFit.run(specPath: spec, context: context) { deliver(.stage($0)) }
                opened = try Study.create(at: path, fit: fit, workers: workers)
            }
        }
        study.withLock { $0 = opened }
        deliver(.opened(try OpenedStudy(opened)))
        deliver(.summedCohorts(opened.cohortSums()))
        let evaluator = try opened.workspace.evaluator(workers: workers)
        deliver(
            .evaluatedArms(
                (0..<opened.space.armCount).map { arm in
                    evaluator.evaluate(
                        .everyone(arm: arm, in: opened.space), weights: PolicyKnobs.start(in: opened.space).weights)
                }))
        deliver(.reportedPicks(try opened.pickReport(workers: workers)))
    }
}
