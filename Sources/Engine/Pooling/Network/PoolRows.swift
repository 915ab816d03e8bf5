import Statistics

/// Units of a pool as a network sees them: one row for each unit of each experiment.
package struct PoolRows: Sendable {
    package let shape: PoolShape
    /// Number of features.
    package let width: Int
    /// Row-major, standardised.
    package private(set) var features: [Float] = []
    /// By `PoolShape.tasks`.
    package private(set) var tasks: [Int32] = []
    /// Row-major, rows x outcomes of the pool, scaled; NaN where the experiment has no such outcome.
    package private(set) var values: [Float] = []

    package init(shape: PoolShape, width: Int) {
        self.shape = shape
        self.width = width
    }

    package var count: Int { tasks.count }

    /// Adds units of one task.
    /// - Parameters:
    ///   - features: row-major.
    ///   - values: one column per outcome of the experiment.
    package mutating func add(task: Int, features: [Float], values: [[Float]]) {
        let rows = values.first?.count ?? 0
        precondition(features.count == rows * width)
        self.features += features
        tasks += [Int32](repeating: Int32(task), count: rows)
        let outcomes = shape.outcomes(ofTask: task)
        var slots = [Int?](repeating: nil, count: shape.outcomes.count)
        for (slot, outcome) in outcomes.enumerated() { slots[outcome] = slot }
        for row in 0..<rows {
            for slot in slots { self.values.append(slot.map { values[$0][row] } ?? .nan) }
        }
    }

    /// Those of `self`, then those of another.
    package func appending(_ other: PoolRows) -> PoolRows {
        var all = self
        all.features += other.features
        all.tasks += other.tasks
        all.values += other.values
        return all
    }
}
