import Experiments
import Runtime

/// The experiments of a pool, read from their specs.
enum PoolExperiments {
    /// - Throws: `EspalierError`: the first spec or data file that cannot be read; `CancellationError`.
    static func read(_ paths: [String], context: RunContext) throws -> [Experiment] {
        try paths.enumerated().map { index, path in
            context.report(Progress(phase: "reading the experiments", done: index, total: paths.count))
            return try Experiment.read(
                specPath: path,
                context: RunContext(workers: context.workers, cancellation: context.cancellation)
            ).experiment
        }
    }
}
