import Policies
import Runtime

/// What tuning needs once effects are fitted: the space, the per-unit table and the tracks of the knobs.
package struct PolicyWorkspace: Sendable {
    package let space: PolicySpace
    package let table: PolicyTable
    package let grids: ParameterGrids

    package init(space: PolicySpace, table: PolicyTable) {
        self.space = space
        self.table = table
        grids = ParameterGrids(table: table, space: space)
    }

    /// - Throws: `EspalierError` (.data) when the split holds no units.
    package func evaluator(
        _ split: EvaluationSplit = .tune, _ estimator: Estimator = .dr, workers: Workers = Workers()
    ) throws -> PolicyEvaluator {
        try PolicyEvaluator(space: space, table: table, split: split, estimator: estimator, workers: workers)
    }
}
