/// How a boosted model is grown.
package struct BoostingSettings: Sendable, Equatable, Codable {
    package var rounds: Int
    package var depth: Int
    package var learningRate: Double
    package var lambda: Double
    package var minimumChildWeight: Double

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
}
