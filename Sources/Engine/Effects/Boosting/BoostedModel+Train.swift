import Runtime

extension BoostedModel {
    /// Fewest training units worth growing on.
    package static let minimumUnits = 20
    /// Training units on which the trees kept are held to the library's own predictions, bit by bit.
    private static let probedUnits = 256

    /// - Parameter held: by row, the units by which early stopping chooses the number of rounds; the model is then grown on
    ///   all rows. Needed where `settings.patience` is above 0, without effect elsewhere.
    /// - Throws: `CancellationError`, or `EspalierError` (.internal) with XGBoost's own message.
    package static func train(
        _ set: TrainingSet, held: [Bool]? = nil, settings: BoostingSettings, cancellation: Cancellation
    ) throws -> BoostedModel {
        let mean = set.mean
        guard set.labels.count >= minimumUnits, set.width > 0, set.labels.contains(where: { $0 != set.labels[0] })
        else {
            return BoostedModel(base: mean, trees: [])
        }
        var rounds = settings.rounds
        if settings.patience > 0, let held {
            rounds = try bestRounds(
                set.rows(held, are: false), held: set.rows(held, are: true), settings: settings,
                cancellation: cancellation)
        }
        guard rounds > 0 else { return BoostedModel(base: mean, trees: []) }
        let booster = try Booster(set, mean: mean, settings: settings)
        for round in 0..<rounds {
            try cancellation.check()
            try booster.grow(round: round)
        }
        let model = try booster.model()
        // Another version of the library may write its trees differently: it must be said, not scored.
        let probe = Array(set.features.prefix(Self.probedUnits * set.width))
        guard
            try booster.predict(features: probe, width: set.width)
                == model.predict(features: probe, width: set.width, rows: probe.count / set.width)
        else { throw EspalierError(.internal, "the boosted trees kept do not predict what XGBoost predicts") }
        return model
    }

    /// The number of rounds after which held-out units are predicted best; 0 where their mean does as well.
    private static func bestRounds(
        _ set: TrainingSet, held: TrainingSet, settings: BoostingSettings, cancellation: Cancellation
    ) throws -> Int {
        guard set.labels.count >= minimumUnits, held.labels.count >= minimumUnits,
            set.labels.contains(where: { $0 != set.labels[0] })
        else { return 0 }
        let mean = set.mean
        let booster = try Booster(set, held: held, mean: mean, settings: settings)
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
