import Runtime
import Statistics

/// What independent effects of the experiments have in common (S2 figure 3), by outcome: units x contrasts of linear T-learners.
package struct PoolStructure: Sendable, Equatable, Codable {
    package struct Outcome: Sendable, Equatable, Codable {
        package let outcome: String
        /// "experiment", or "experiment: arm" where it has several; in an order that puts alike side by side.
        package let contrasts: [String]
        /// Largest first.
        package let singularValues: [Double]
        package let rank: EffectiveRank?
        /// Of the effects over units, in the order of `contrasts`.
        package let correlations: [[Double]]
    }

    package let outcomes: [Outcome]

    /// Units whose effects are compared, spread over the experiments.
    private static let unitCount = 400

    /// - Throws: `CancellationError`.
    init(_ pool: Pool, independent: PoolPredictor, seed: UInt64, context: RunContext) throws {
        let rows = pool.sample(Self.unitCount)
        let count = rows.count / max(1, pool.inputs.inputs.count)
        let effects = try context.workers.map(pool.experiments.count) { experiment in
            try independent.predict(experiment, rows, count)
        }
        outcomes = try pool.shape.outcomes.indices.map { outcome in
            var (names, columns): ([String], [[Double]]) = ([], [])
            for (index, entry) in pool.shape.experiments.enumerated() {
                guard let slot = entry.outcomes.firstIndex(of: outcome) else { continue }
                for arm in entry.arms.indices.dropFirst() {
                    names.append(entry.arms.count > 2 ? "\(entry.name): \(entry.arms[arm])" : entry.name)
                    columns.append(
                        zip(effects[index][arm * entry.outcomes.count + slot], effects[index][slot]).map { $0 - $1 })
                }
            }
            let matrix = DenseMatrix(columns: columns, rowCount: count)
            let values = SymmetricEigen(matrix.transposed * matrix).values.map { max(0, $0).squareRoot() }
            let correlations = Self.correlations(columns)
            let order = HierarchicalOrder.of(correlations.map { $0.map { 1 - $0 } })
            return Outcome(
                outcome: pool.shape.outcomes[outcome], contrasts: order.map { names[$0] }, singularValues: values,
                rank: columns.count > 2 ? try EffectiveRank(matrix, seed: seed, context: context) : nil,
                correlations: order.map { row in order.map { correlations[row][$0] } })
        }
    }

    private static func correlations(_ columns: [[Double]]) -> [[Double]] {
        let standardised = columns.map { column -> [Double] in
            let mean = column.reduce(0, +) / Double(max(1, column.count))
            let length = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
            return column.map { length > 0 ? ($0 - mean) / length : 0 }
        }
        return standardised.map { left in standardised.map { left.dot($0) } }
    }
}
