import Experiments
import Runtime

/// Outcome models for a second stage: what learner k trains on needs predictions by models that saw neither the unit nor
/// fold k, so the units outside each fold are divided into inner groups, and model (k, g) saw neither fold k nor group g.
package struct NestedCrossFit: Sendable {
    private static let groupCount = 3
    private let foldModels: FoldModels
    private let draw: SaltedDraw
    private let keys: [UInt64]
    /// At ((fold * groups + group) * arms + arm) * outcomes + outcome.
    private let models: [BoostedModel]

    /// - Parameter like: the models of the outer folds, for their encoding and shape.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    init(
        _ data: TrainingData, like foldModels: FoldModels, settings: @escaping @Sendable (Int) -> BoostingSettings,
        context: RunContext
    ) throws {
        self.foldModels = foldModels
        let draw = SaltedDraw(seed: data.splitRule.seed, salt: "inner")
        self.draw = draw
        let (keys, folds, predicted) = (data.keys, data.folds, data.predictedFolds)
        self.keys = keys
        let training = ArmTraining(data, encoding: foldModels.encoding, settings: settings)
        let fitted = try training.models(
            predicted.count * Self.groupCount, phase: "fitting inner outcome models", context: context
        ) { part, unit in
            Int(folds[unit]) != predicted[part / Self.groupCount]
                && draw.group(keys[unit], of: Self.groupCount) != part % Self.groupCount
        }
        models = data.placed(
            fitted, perFold: Self.groupCount * data.armCount * data.outcomeCount,
            elsewhere: BoostedModel(base: 0, trees: []))
    }

    /// mu of two arms for units outside a fold.
    /// - Returns: for each arm asked for, one column per outcome, in the order of the rows.
    func predict(fold: Int, arms: [Int], rows: [Int], columns: [[Float]]) -> [[[Float]]] {
        let (armCount, outcomes) = (foldModels.armCount, foldModels.outcomeCount)
        let encoding = foldModels.encoding
        // Positions in `rows`, by group.
        var members = [[Int]](repeating: [], count: Self.groupCount)
        for (row, unit) in rows.enumerated() {
            members[draw.group(keys[unit], of: Self.groupCount)].append(row)
        }
        let zeros = [Float](repeating: 0, count: rows.count)
        var result = Array(repeating: Array(repeating: zeros, count: outcomes), count: arms.count)
        for group in 0..<Self.groupCount {
            let features = encoding.matrix(columns, rows: members[group].map { rows[$0] })
            for (slot, arm) in arms.enumerated() {
                for outcome in 0..<outcomes {
                    let cell = ((fold * Self.groupCount + group) * armCount + arm) * outcomes + outcome
                    let values = models[cell].predict(
                        features: features, width: encoding.width, rows: members[group].count)
                    for (row, value) in zip(members[group], values) { result[slot][outcome][row] = value }
                }
            }
        }
        return result
    }
}
