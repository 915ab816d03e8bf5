import Runtime
import Statistics

/// A ranker fitted once per fold on the units of the other folds; every unit is scored by the model of its own fold, which never
/// saw it (METHODS section 0).
package struct CrossFittedRanking: Sendable {
    package let models: [any RankingModel]

    /// - Throws: as the ranker does.
    package init(_ ranker: some Ranker, _ sample: RankingSample, context: RunContext = RunContext()) throws {
        models = try (0..<sample.foldCount).map { fold in
            context.report(Progress(phase: ranker.name, done: fold, total: sample.foldCount))
            try context.cancellation.check()
            return try ranker.fit(
                sample.subset(sample.treated.indices.filter { sample.folds[$0] != fold }), context: context)
        }
    }

    /// - Parameter folds: of the rows, by the same rule as the sample's.
    package func scores(_ features: DenseMatrix, folds: [Int]) -> [Double] {
        precondition(folds.count == features.rowCount)
        var scores = [Double](repeating: 0, count: folds.count)
        for (fold, model) in models.enumerated() {
            let rows = folds.indices.filter { folds[$0] == fold }
            for (row, score) in zip(rows, model.scores(features.rows(rows))) { scores[row] = score }
        }
        return scores
    }
}
