import Effects
import Experiments
import Policies
import Runtime

extension Study {
    /// Explains a candidate's policy by a shallow tree; the covariates are read again from the data.
    /// - Parameters:
    ///   - depth: levels of splits, 1...6.
    ///   - onConfirm: whether confirm units judge the rules, which counts as a look; else cross-fitting on tune does.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func explain(
        _ candidate: Candidate, depth: Int = 3, onConfirm: Bool = false, context: RunContext
    ) throws -> PolicyExplanation {
        guard (1...6).contains(depth) else {
            throw EspalierError(
                .usage, "a tree of \(depth) levels explains nothing", remedy: "give --depth 1 to 6; 3 reads well")
        }
        guard !description.covariates.isEmpty else {
            throw EspalierError(
                .data, "the study has no covariates to explain a policy by", file: file.path,
                remedy: "list covariates: in the spec and fit again")
        }
        let covariates = try readExperiment(context: context).covariates
        let tune = try workspace.evaluator(.tune, workers: context.workers)
        let confirm = onConfirm ? try workspace.evaluator(.confirm, workers: context.workers) : nil
        let folds = SplitRule(description.spec.splits).folds(units.keys)
        let explanation = try PolicyExplanation(
            of: candidate.policy, covariates: covariates, folds: folds,
            settings: TreeDistiller.Settings(depth: depth, minimumLeaf: max(20, description.tuneCount / 500)),
            tune: tune, confirm: confirm, context: context)
        if onConfirm { try file.countLook(at: .confirm, "explain \(candidate.name)") }
        return explanation
    }

    /// The shrinkage that stands for a candidate's biases.
    package func shrinkage(of candidate: Candidate, context: RunContext) throws -> ShrinkageInverse {
        try ShrinkageInverse(
            of: candidate.policy, evaluator: workspace.evaluator(workers: Workers(count: 1)), context: context)
    }

    /// What moves what, around a candidate, on tune.
    /// - Parameter percent: of the units that may change arm, 0...100.
    package func sensitivity(of candidate: Candidate, percent: Double, context: RunContext) throws -> Sensitivity {
        guard (0...100).contains(percent) else {
            throw EspalierError(
                .usage, "\(percent) is not a percentage of the units", remedy: "give --percent 1, or up to 100")
        }
        return try Sensitivity(
            of: candidate.knobs, allowedShare: percent / 100, evaluator: workspace.evaluator(workers: context.workers),
            grids: workspace.grids, context: context)
    }
}
