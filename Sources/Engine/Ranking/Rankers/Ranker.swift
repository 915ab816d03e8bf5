import Runtime
import Statistics

/// A way to learn whom to target first, where targeting brings value and costs.
package protocol Ranker: Sendable {
    /// What tables call it.
    var name: String { get }

    /// - Throws: `EspalierError`; `CancellationError`.
    func fit(_ sample: RankingSample, context: RunContext) throws -> any RankingModel
}

/// A score of units by their covariates; only its order means anything.
package protocol RankingModel: Sendable {
    /// - Parameter features: as those trained on, any number of rows.
    func scores(_ features: DenseMatrix) -> [Double]

    /// What policy files carry of it: the same order, by numbers alone.
    var function: ScoreFunction { get }
}
