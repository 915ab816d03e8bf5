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
        try train([set], held: held, settings: settings, cancellation: cancellation)[0]
    }

    /// Models of several labels of the same units: each as if it were trained alone, but what depends on the features is made
    /// once.
    /// - Parameters:
    ///   - sets: with the same features.
    ///   - held: as of one.
    /// - Throws: as for one.
    package static func train(
        _ sets: [TrainingSet], held: [Bool]? = nil, settings: BoostingSettings, cancellation: Cancellation
    ) throws -> [BoostedModel] {
        let whole = SharedMatrix()
        let stopping = held.map { StoppingParts(held: $0) }
        return try sets.map { set in
            let mean = set.mean
            guard set.labels.count >= minimumUnits, set.width > 0, set.labels.contains(where: { $0 != set.labels[0] })
            else {
                return BoostedModel(base: mean, trees: [])
            }
            var rounds = settings.rounds
            if settings.patience > 0, let stopping {
                rounds = try stopping.bestRounds(set, settings: settings, cancellation: cancellation)
            }
            guard rounds > 0 else { return BoostedModel(base: mean, trees: []) }
            let booster = try Booster(whole.labelled(set), mean: mean, settings: settings)
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
    }
}
