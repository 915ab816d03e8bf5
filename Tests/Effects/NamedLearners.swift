import Effects
import Experiments
import Runtime
import Testing

extension NamedLearner {
    static let s = NamedLearner("s", SLearner())
    static let t = NamedLearner("t", TLearner())
    static let tForest = NamedLearner("t-forest", TLearner.forest())
    static let x = NamedLearner("x", XLearner())
    static let r = NamedLearner("r", RLearner())
    static let dr = NamedLearner("dr", DRLearner())
    static let dml = NamedLearner("dml", LinearLearner())
    static let hybrid = NamedLearner("hybrid", HybridLearner())
    static let tree = NamedLearner("tree", TreeLearner())
    static let forest = NamedLearner("forest", ForestLearner())
    static let stack = NamedLearner(
        "stack", StackLearner([.t, .x, .r, .dml], small: [.tForest, .forest]))
    static let columns = NamedLearner("columns", SuppliedEffects())

    /// Those that need nothing but the experiment.
    static let fitted = [s, t, tForest, x, r, dr, dml, hybrid, tree, forest, stack]
}

extension NamedLearner: CustomTestStringConvertible {
    public var testDescription: String { name }
}

extension EffectsFit {
    /// One learner fitted on an experiment, with the default settings.
    static func run(_ experiment: Experiment, _ learner: NamedLearner = .t, context: RunContext) throws -> EffectsFit {
        try run(TrainingData(experiment), learner: learner, context: context)
    }

    /// Of the experiment that was fitted; nil from learners that give none.
    func standardErrors(_ experiment: Experiment) throws -> EffectEstimates? {
        let data = TrainingData(experiment)
        return try models?.standardErrors(data.columns, folds: data.folds, context: RunContext())
    }
}
