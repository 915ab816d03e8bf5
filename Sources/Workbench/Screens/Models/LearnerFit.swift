import Experiments
import Foundation
import Runtime
import Studies

extension WorkKind {
    static let learnerFit = WorkKind("learner fit", rank: 5, words: "the fit with another learner")
}

extension Action.Prompt {
    package static let learnerFit = Action.Prompt(LearnerFitPrompt())
}

/// The study of the learner at the cursor.
private struct LearnerFitPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? {
        guard state.facts.workspace != nil else { return Reducer.notReady }
        guard let learner = learner(state) else { return "no learner was judged yet: r judges the usual ones" }
        return learner == state.facts.description?.spec.effects.learner.name
            ? "the study is fitted with \(learner) already; put the cursor on another learner" : nil
    }

    func question(_ state: WorkbenchState) -> String { "fit the experiment with \(learner(state) ?? "") as the study:" }

    func start(_ state: WorkbenchState) -> String {
        let study = state.facts.studyPath
        let stem = study.hasSuffix(".espalier") ? String(study.dropLast(".espalier".count)) : study
        return "\(stem.isEmpty ? "study" : stem)-\(learner(state) ?? "other").espalier"
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard let learner = learner(state), !text.isEmpty else { return .noFile }
        return .right(.models(.fit(learner: learner, path: text)))
    }

    private func learner(_ state: WorkbenchState) -> String? {
        state.results[.modelReport].map { $0.learners[ModelRows.learner(state, $0)] }
    }
}

/// Fits the experiment with another learner as another study, which holds everything else of this one. The study that is open
/// stays as it is.
struct FitLearner: WorkbenchQuery {
    private let learner: LearnerSpec
    private let path: String
    private let services: WorkbenchServices

    init(_ learner: LearnerSpec, to path: String, _ services: WorkbenchServices) {
        self.learner = learner
        self.path = path
        self.services = services
    }

    static var work: WorkKind { .learnerFit }
    static var isReplayed: Bool { false }

    func run(_ study: Study, _ context: RunContext) throws {
        let fit = { try StudyFit.with(learner, study, context: context) }
        try StudyBeside.write(path, of: study, services, fit, workers: context.workers)
    }

    func take(_: Void, in state: inout WorkbenchState) -> [Work] {
        state.message =
            "fitted with \(learner.name) in \(path): `espalier \(path)` opens it, with the candidates of here estimated anew"
        return []
    }
}
