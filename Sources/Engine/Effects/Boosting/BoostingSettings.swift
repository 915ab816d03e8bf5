import Experiments

/// How a boosted model is grown.
package struct BoostingSettings: Sendable, Equatable, Codable {
    /// Most rounds; fewer where early stopping ends them.
    package var rounds: Int
    package var depth: Int
    package var learningRate: Double
    package var lambda: Double
    /// Fewest units in a leaf (their weights scaled to mean 1).
    package var minimumChildWeight: Double
    /// Share of the units that each tree sees.
    package var subsample = 1.0
    /// Share of the features that each split chooses from.
    package var columnSample = 1.0
    /// Rounds without a gain on held-out units after which growth stops; 0 grows all rounds on all units.
    package var patience = 0
    /// Trees side by side in a round: 1 for boosting, the size of the forest for a random forest of one round.
    package var parallelTrees = 1

    package init(rounds: Int, depth: Int, learningRate: Double, lambda: Double, minimumChildWeight: Double) {
        self.rounds = rounds
        self.depth = depth
        self.learningRate = learningRate
        self.lambda = lambda
        self.minimumChildWeight = minimumChildWeight
    }

    /// Shallow and slow: an outcome model of a randomised experiment has little signal to find, and what a T-learner
    /// overfits in either arm goes straight into its difference.
    package static func standard(trainingUnits: Int) -> BoostingSettings {
        BoostingSettings(
            rounds: trainingUnits < 2_000 ? 30 : trainingUnits < 20_000 ? 50 : 80, depth: 3, learningRate: 0.1,
            lambda: 5, minimumChildWeight: max(20, Double(trainingUnits) / 200))
    }

    /// Models of effects see pseudo-outcomes with far more noise than signal: growth stops where held-out units say so,
    /// at no tree at all where the effect is the same for everybody.
    package static func effects(trainingUnits: Int) -> BoostingSettings {
        var settings = BoostingSettings(
            rounds: 200, depth: 3, learningRate: 0.1, lambda: 5,
            minimumChildWeight: max(20, Double(trainingUnits) / 200))
        settings.patience = 10
        return settings
    }

    /// A random forest of fully grown trees, each on the share of units that a bootstrap sample holds apart (S0's
    /// two-model baseline).
    package static func forest(trainingUnits: Int) -> BoostingSettings {
        var settings = BoostingSettings(
            rounds: 1, depth: 8, learningRate: 1, lambda: 0,
            minimumChildWeight: max(10, Double(trainingUnits) / 400))
        settings.parallelTrees = 100
        settings.subsample = 0.632
        settings.columnSample = 1 / 3
        return settings
    }

    /// The same with what the analyst declared instead.
    package func overridden(by spec: BoostingSpec?) -> BoostingSettings {
        guard let spec else { return self }
        var settings = self
        if let rounds = spec.rounds {
            if parallelTrees > 1 { settings.parallelTrees = rounds } else { settings.rounds = rounds }
        }
        settings.depth = spec.depth ?? depth
        settings.learningRate = spec.learningRate ?? learningRate
        settings.lambda = spec.lambda ?? lambda
        settings.minimumChildWeight = spec.minimumChildWeight ?? minimumChildWeight
        settings.subsample = spec.subsample ?? subsample
        settings.columnSample = spec.columnSample ?? columnSample
        settings.patience = spec.patience ?? patience
        return settings
    }
}
