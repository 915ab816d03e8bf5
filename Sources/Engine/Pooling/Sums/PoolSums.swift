import Runtime
import Statistics

/// The sums of every task of a pool, over some of its units.
package struct PoolSums: Sendable {
    package let shape: PoolShape
    /// By `PoolShape.tasks`.
    package private(set) var tasks: [TaskSums]

    package init(shape: PoolShape, tasks: [TaskSums]) {
        precondition(tasks.count == shape.tasks.count)
        self.shape = shape
        self.tasks = tasks
    }

    /// Without units.
    package init(shape: PoolShape, width: Int) {
        self.init(
            shape: shape,
            tasks: shape.tasks.map {
                TaskSums(width: width, outcomeCount: shape.experiments[$0.experiment].outcomes.count)
            })
    }

    /// Number of features.
    package var width: Int { tasks.first?.width ?? 0 }
    package var unitCount: Int { tasks.reduce(0) { $0 + $1.count } }

    /// Adds units of one task.
    package mutating func add(task: Int, features: [Double], values: [[Double]]) {
        tasks[task].add(features: features, values: values)
    }

    package func merging(_ other: PoolSums) -> PoolSums {
        PoolSums(shape: shape, tasks: zip(tasks, other.tasks).map { $0.merging($1) })
    }

    /// The same without one experiment.
    func leavingOut(_ experiment: Int) -> PoolSums {
        let first = shape.firstTask(of: experiment)
        let gone = first..<first + shape.experiments[experiment].arms.count
        var entries = shape.experiments
        entries.remove(at: experiment)
        return PoolSums(
            shape: PoolShape(experiments: entries, outcomes: shape.outcomes),
            tasks: tasks.indices.filter { !gone.contains($0) }.map { tasks[$0] })
    }

    func centred(
        map: DenseMatrix? = nil, shrinkage: InterceptShrinkage? = nil, workers: Workers
    ) throws -> [CentredTask] {
        let outcomes = shape.tasks.map { shape.experiments[$0.experiment].outcomes }
        let tasks = tasks
        return try workers.map(tasks.count) {
            CentredTask(tasks[$0], outcomes: outcomes[$0], map: map, shrinkage: shrinkage)
        }
    }
}
