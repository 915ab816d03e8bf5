import Policies
import Runtime
import Synchronization

/// What turning knobs needs once effects are fitted: the space, the per-unit table and the grids of the knobs.
package struct PolicyWorkspace: Sendable {
    package let space: PolicySpace
    package let table: PolicyTable
    package let grids: ParameterGrids
    private let evaluators = EvaluatorCache()

    package init(space: PolicySpace, table: PolicyTable) {
        self.space = space
        self.table = table
        grids = ParameterGrids(table: table, space: space)
    }

    /// The evaluator of a split and an estimator; making one costs a pass over the units per arm, so each is made once.
    /// - Throws: `EspalierError` (.data) when the split holds no units.
    package func evaluator(
        _ split: EvaluationSplit = .tune, _ estimator: Estimator = .dr, workers: Workers = Workers()
    ) throws -> PolicyEvaluator {
        try evaluators.evaluator(EvaluatorCache.Key(split: split, estimator: estimator)) {
            try PolicyEvaluator(space: space, table: table, split: split, estimator: estimator, workers: workers)
        }.on(workers)
    }
}

/// The evaluators made so far. They read one table, so that what one adds is a few sums; SWITCH and the direct method keep a
/// table of their own.
private final class EvaluatorCache: Sendable {
    struct Key: Hashable {
        let split: EvaluationSplit
        let estimator: Estimator
    }

    private let known = Mutex<[Key: PolicyEvaluator]>([:])

    func evaluator(_ key: Key, make: () throws -> PolicyEvaluator) rethrows -> PolicyEvaluator {
        if let found = known.withLock({ $0[key] }) { return found }
        let made = try make()
        known.withLock { $0[key] = made }
        return made
    }
}
