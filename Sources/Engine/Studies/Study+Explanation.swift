import Effects
import Experiments
import Policies
import Statistics

extension Study {
    /// Explains a candidate's policy by a shallow tree; the covariates are read again from the data.
    /// - Parameters:
    ///   - depth: levels of splits, 1...6.
    ///   - onConfirm: whether confirm units judge the rules, which counts as a look; else cross-fitting on tune does.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func explain(
        _ candidate: Candidate, depth: Int = 3, onConfirm: Bool = false, conduct: Conduct
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
        let covariates = try readExperiment(conduct: conduct).covariates
        let tune = try workspace.evaluator(.tune, workers: conduct.workers)
        let confirm = onConfirm ? try workspace.evaluator(.confirm, workers: conduct.workers) : nil
        let folds = SplitRule(description.spec.splits).folds(units.keys)
        let explanation = try PolicyExplanation(
            of: candidate.policy, covariates: covariates, folds: folds,
            settings: TreeDistiller.Settings(depth: depth, minimumLeaf: max(20, description.tuneCount / 500)),
            tune: tune, confirm: confirm, conduct: conduct)
        if onConfirm { try file.countLook(at: .confirm, "explain \(candidate.name)") }
        return explanation
    }

    /// Name and encoding of every covariate, in the order that rules refer to.
    package var covariateDescriptions: [CovariateDescription] {
        description.covariates.map { CovariateDescription(name: $0.name, encoding: $0.encoding) }
    }

    /// The shrinkage that stands for a candidate's biases.
    package func shrinkage(of candidate: Candidate, conduct: Conduct) throws -> ShrinkageInverse {
        try ShrinkageInverse(
            of: candidate.policy, evaluator: workspace.evaluator(workers: Workers(count: 1)), conduct: conduct)
    }

    /// What moves what, around a candidate, on tune.
    /// - Parameter percent: of the units that may change arm, 0...100.
    package func sensitivity(of candidate: Candidate, percent: Double, conduct: Conduct) throws -> Sensitivity {
        guard (0...100).contains(percent) else {
            throw EspalierError(
                .usage, "\(percent) is not a percentage of the units", remedy: "give --percent 1, or up to 100")
        }
        return try Sensitivity(
            of: candidate.knobs, allowedShare: percent / 100, evaluator: workspace.evaluator(workers: conduct.workers),
            tracks: workspace.tracks, conduct: conduct)
    }
}
