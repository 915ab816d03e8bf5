import Experiments
import Runtime

/// Honest causal trees as a learner: grown anew on the training units outside each fold, so that a unit's effect is its
/// leaf's in trees that never saw it. Cohorts merged from such trees have these same effects (S0 Algorithm 1).
package struct TreeLearner: Learner {
    private let minimumLeaf: Int?

    /// - Parameter minimumLeaf: fewest treated and fewest control units of a leaf; nil sets it by size.
    package init(minimumLeaf: Int? = nil) { self.minimumLeaf = minimumLeaf }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true) }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        let settings = TreeSettings(minimumLeaf: minimumLeaf)
        let models = try (0..<data.foldCount).flatMap { fold -> [EffectModel] in
            let training = Experiment(treesOf: data, units: data.training(outside: fold))
            let binned = try BinnedCovariates(training, context: context)
            let trees = try CausalTrees.grow(training, binned: binned, settings: settings, context: context)
            return trees.map { .rules(RuleTree($0, scale: data.outcomes[$0.outcome].scale)) }
        }
        return try LearnedEffects(
            ContrastModels(
                foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount, encoding: .empty,
                models: models), data: data, intervals: capabilities.intervals, context: context)
    }
}

extension Experiment {
    /// Some of the training units as an experiment of their own, for growing trees: without names and costs, which decide
    /// nothing there.
    /// - Parameter units: ascending.
    fileprivate init(treesOf data: TrainingData, units: [Int]) {
        let own = data.picking(
            units, keys: units.map { data.keys[$0] }, splitRule: data.splitRule, trainingCount: units.count)
        self.init(
            spec: ExperimentSpec(
                name: "", data: "", unit: .row, treatment: TreatmentSpec(column: "", control: ""), outcomes: [],
                covariates: []),
            arms: (0..<own.armCount).map { "\($0)" },
            outcomes: own.outcomes.map {
                Outcome(name: "", direction: .maximize, threshold: nil, armCosts: [], observed: $0)
            },
            covariates: own.covariates,
            units: Units(keys: own.keys, rows: units.map { UInt32($0 + 1) }), assignment: own.assignment,
            propensity: own.propensity, splitRule: own.splitRule, tuneCount: units.count, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
