import Runtime

/// Training units in two parts: those that grow trees, and those by which early stopping chooses how many. Used by one thread.
final class StoppingParts {
    private let held: [Bool]
    private let matrices = (growing: SharedMatrix(), held: SharedMatrix())
    /// The features of both parts, once there is a set.
    private var features: (growing: [Float], held: [Float])?

    /// - Parameter held: by row.
    init(held: [Bool]) { self.held = held }

    /// The number of rounds after which held-out units are predicted best; 0 where their mean does as well.
    /// - Parameter set: with the features of every other one.
    func bestRounds(_ set: TrainingSet, settings: BoostingSettings, cancellation: Cancellation) throws -> Int {
        let growing = set.rows(held, are: false, features: features?.growing)
        let held = set.rows(held, are: true, features: features?.held)
        features = (growing.features, held.features)
        guard growing.labels.count >= BoostedModel.minimumUnits, held.labels.count >= BoostedModel.minimumUnits,
            growing.labels.contains(where: { $0 != growing.labels[0] })
        else { return 0 }
        let mean = growing.mean
        let booster = try Booster(
            matrices.growing.labelled(growing), held: matrices.held.labelled(held), mean: mean, settings: settings)
        var best = (rounds: 0, loss: held.loss(Array(repeating: mean, count: held.labels.count)))
        for round in 1...max(1, settings.rounds) {
            try cancellation.check()
            try booster.grow(round: round - 1)
            let loss = held.loss(try booster.heldPredictions())
            if loss < best.loss { best = (round, loss) }
            if round - best.rounds >= settings.patience { break }
        }
        return best.rounds
    }
}
