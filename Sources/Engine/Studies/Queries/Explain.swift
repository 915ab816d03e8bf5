import Experiments
import Policies
import Runtime

/// A candidate's policy as a shallow tree, judged by cross-fitting on tune; the covariates are read again from the data.
package struct Explain: StudyQuery {
    package let candidate: Candidate
    /// Levels of splits.
    package let depth: Int

    package static let depths = 1...6

    package init(_ candidate: Candidate, depth: Int = 3) {
        self.candidate = candidate
        self.depth = depth
    }

    /// - Throws: `EspalierError`; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> PolicyExplanation {
        try run(study, onConfirm: false, context)
    }

    /// - Parameter onConfirm: whether confirm units judge the rules, which is a look (`ExplainOnConfirm`).
    func run(_ study: Study, onConfirm: Bool, _ context: RunContext) throws -> PolicyExplanation {
        guard Self.depths.contains(depth) else {
            throw EspalierError(
                .usage, "a tree of \(depth) levels explains nothing", remedy: "give --depth 1 to 6; 3 reads well")
        }
        let description = study.description
        guard !description.covariates.isEmpty else {
            throw EspalierError(
                .data, "the study has no covariates to explain a policy by", file: study.file.path,
                remedy: "list covariates: in the spec and fit again")
        }
        let covariates = try study.readExperiment(context: context).covariates
        let tune = try study.workspace.evaluator(.tune, workers: context.workers)
        let confirm = onConfirm ? try study.workspace.evaluator(.confirm, workers: context.workers) : nil
        return try PolicyExplanation(
            of: candidate.policy, covariates: covariates,
            folds: SplitRule(description.spec.splits).folds(study.units.splitKeys),
            settings: TreeDistiller.Settings(depth: depth, minimumLeaf: max(20, description.tuneCount / 500)),
            tune: tune, confirm: confirm, context: context)
    }
}
