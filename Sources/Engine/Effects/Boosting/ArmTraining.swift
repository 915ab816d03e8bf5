import Experiments
import Runtime

/// How outcome models of each arm are fitted on parts of the training units.
struct ArmTraining: Sendable {
    private let data: TrainingData
    private let encoding: FeatureEncoding
    private let settings: @Sendable (Int) -> BoostingSettings

    /// - Parameter settings: by the number of training units.
    init(_ data: TrainingData, encoding: FeatureEncoding, settings: @escaping @Sendable (Int) -> BoostingSettings) {
        self.data = data
        self.encoding = encoding
        self.settings = settings
    }

    /// One model per part, arm and outcome, at (part * arms + arm) * outcomes + outcome.
    /// - Parameters:
    ///   - most: units of a part and arm: a random sample of them where there are more, since units stand in the order of
    ///     their hashed ids.
    ///   - includes: whether a part trains on a training unit.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    func models(
        _ parts: Int, atMost most: Int = .max, phase: String, context: RunContext,
        includes: @Sendable (Int, Int) -> Bool
    ) throws -> [BoostedModel] {
        let (arms, outcomes) = (data.armCount, data.outcomeCount)
        let finished = Counter()
        let total = parts * arms
        // One feature matrix per (part, arm) serves all its outcomes.
        let fitted = try context.workers.map(total) { index -> (rows: [Int], models: [BoostedModel]) in
            let (part, arm) = (index / arms, UInt8(index % arms))
            var rows: [Int] = []
            for unit in data.training where data.assignment[unit] == arm && includes(part, unit) {
                rows.append(unit)
                if rows.count == most { break }
            }
            let models = try models(rows, cancellation: context.cancellation)
            context.report(Progress(phase: phase, done: finished.next() * outcomes, total: total * outcomes))
            return (rows, models)
        }
        return (0..<parts).flatMap { part in
            completed(Array(fitted[part * arms..<(part + 1) * arms])).flatMap { $0 }
        }
    }

    /// One model per outcome on the given units, whatever their arm.
    private func models(_ rows: [Int], cancellation: Cancellation) throws -> [BoostedModel] {
        let features = encoding.matrix(data.columns, rows: rows)
        let own = settings(rows.count)
        let held = own.patience > 0 ? EarlyStopping.held(rows, of: data) : nil
        return try BoostedModel.train(
            data.outcomes.map { outcome in
                TrainingSet(
                    features: features, width: encoding.width, labels: rows.map { outcome.values[$0] },
                    categories: encoding.categories)
            }, held: held, settings: own, cancellation: cancellation)
    }

    /// An arm with too few units to grow on gets the trees of the largest arm, moved to its own mean: its mean alone would
    /// turn all that the other arm's model knows of the outcome into an effect.
    private func completed(_ fitted: [(rows: [Int], models: [BoostedModel])]) -> [[BoostedModel]] {
        guard let largest = fitted.indices.max(by: { (fitted[$0].rows.count, $1) < (fitted[$1].rows.count, $0) }),
            fitted[largest].rows.count >= BoostedModel.minimumUnits
        else { return fitted.map(\.models) }
        return fitted.map { rows, models in
            guard rows.count < BoostedModel.minimumUnits else { return models }
            let features = encoding.matrix(data.columns, rows: rows)
            return data.outcomes.enumerated().map { index, outcome in
                let model = fitted[largest].models[index]
                let expected = model.predict(features: features, width: encoding.width, rows: rows.count)
                let gaps = zip(rows, expected).reduce(0.0) { $0 + Double(outcome.values[$1.0] - $1.1) }
                return BoostedModel(base: model.base + Float(gaps / Double(max(1, rows.count))), trees: model.trees)
            }
        }
    }
}

/// Which training units choose the number of rounds.
enum EarlyStopping {
    /// A fifth of the units, by a draw of their own.
    static func held(_ rows: [Int], of data: TrainingData) -> [Bool] {
        let draw = SaltedDraw(seed: data.splitRule.seed, salt: "stop")
        return rows.map { draw.uniform(data.keys[$0]) < 0.2 }
    }
}
