import Experiments
import Pooling
import Runtime

/// The experiments of a pool, read from their specs.
enum PoolExperiments {
    /// The pool with the effects that FOLDER/NAME-truth.csv tells of the units of the experiment NAME, in columns tau_OUTCOME, or
    /// tau_ARM_OUTCOME where there are several arms.
    /// - Throws: `EspalierError`: no such file, a column or a value that is not there.
    static func knowing(
        _ folder: String, _ pool: Pool, _ experiments: [Experiment], context: RunContext
    ) throws -> Pool {
        try experiments.indices.reduce(pool) { pool, index in
            let experiment = experiments[index]
            let arms = experiment.arms.dropFirst()
            let columns = arms.flatMap { arm in
                experiment.outcomes.map { arms.count > 1 ? "tau_\(arm)_\($0.name)" : "tau_\($0.name)" }
            }
            let table = try CovariateTable.read(
                "\(folder)/\(experiment.spec.name)-truth.csv", unit: experiment.spec.unit, encodings: [],
                extras: columns, context: context)
            return pool.knowing(columns.map { table.extras[$0] ?? [] }, of: table.ids.keys, experiment: index)
        }
    }

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
