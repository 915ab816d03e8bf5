import Experiments
import Runtime

/// A way to estimate the effect of every arm against control on every outcome, unit by unit, cross-fitted by the folds.
///
/// A learner is a value that holds its settings. It has no name: whoever offers learners binds names to them
/// (`NamedLearner`), and nothing here depends on which learner it is given, only on its capabilities.
package protocol Learner: Sendable {
    /// What it can do and what it needs.
    var capabilities: LearnerCapabilities { get }

    /// The effects of every unit, each by models that saw neither the unit's fold nor units that do not train.
    /// - Parameter nuisances: of the same data, fitted for this learner among others.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects
}

/// A learner with boosted models of its own, whose settings a search can try.
package protocol SearchableLearner: Learner {
    /// What the search draws from.
    var searchSpace: BoostingSpace { get }

    /// The same learner with other settings of the models that are searched.
    func setting(_ boosting: BoostingSpec) -> Self
}
