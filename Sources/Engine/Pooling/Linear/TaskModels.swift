import Runtime
import Statistics

/// Linear models of the outcomes of every task: mu = intercept + x'coefficients, on standardised features and scaled outcomes.
package struct TaskModels: Sendable {
    package let shape: PoolShape
    /// By task, then by outcome of the experiment.
    package let coefficients: [[[Double]]]
    package let intercepts: [[Double]]

    package init(shape: PoolShape, coefficients: [[[Double]]], intercepts: [[Double]]) {
        self.shape = shape
        self.coefficients = coefficients
        self.intercepts = intercepts
    }

    /// A ridge regression for each task alone: independent T-learners.
    /// - Throws: `CancellationError`.
    package static func independent(_ sums: PoolSums, ridge: Double, context: RunContext) throws -> TaskModels {
        let tasks = try sums.centred(workers: context.workers)
        let fits = try context.workers.map(tasks.count) { index in
            try context.cancellation.check()
            return TaskRidge(tasks[index], ridge: ridge)
        }
        return TaskModels(
            shape: sums.shape, coefficients: fits.map(\.coefficients), intercepts: fits.map(\.intercepts))
    }

    /// The mean squared error on units that may be others: mu-risk, by outcome of the pool.
    /// - Parameter experiment: whose units count; nil counts all.
    /// - Complexity: O(tasks x outcomes x width²).
    package func risk(_ sums: PoolSums, of experiment: Int? = nil) -> MeanRisk {
        var risk = MeanRisk(outcomeCount: shape.outcomes.count)
        let tasks = shape.tasks
        for (task, own) in sums.tasks.enumerated()
        where own.count > 0 && (experiment == nil || tasks[task].experiment == experiment) {
            for (slot, outcome) in shape.outcomes(ofTask: task).enumerated() {
                risk.add(
                    outcome,
                    squares: own.squaredError(
                        slot, intercept: intercepts[task][slot], coefficients: coefficients[task][slot]),
                    count: own.count)
            }
        }
        return risk
    }
}

/// Mean squares by outcome.
package struct MeanRisk: Sendable, Equatable {
    private var squares: [Double]
    private var counts: [Int]

    init(outcomeCount: Int) {
        squares = [Double](repeating: 0, count: outcomeCount)
        counts = [Int](repeating: 0, count: outcomeCount)
    }

    mutating func add(_ outcome: Int, squares: Double, count: Int) {
        self.squares[outcome] += squares
        counts[outcome] += count
    }

    /// By outcome; 0 where nothing was added.
    package var outcomes: [Double] { zip(squares, counts).map { $1 > 0 ? $0 / Double($1) : 0 } }

    /// Over all outcomes together.
    package var mean: Double {
        let count = counts.reduce(0, +)
        return count > 0 ? squares.reduce(0, +) / Double(count) : 0
    }
}
