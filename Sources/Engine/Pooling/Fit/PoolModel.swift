import Effects
import Runtime
import Statistics

/// What a pool has learned: the representation v(x), A_j of every outcome, e and c of every arm of every experiment.
package struct PoolModel: Sendable, Equatable, Codable {
    /// What v is.
    package enum Network: String, Sendable, Codable, CaseIterable {
        case linear, relu
    }

    package let network: Network
    package let shape: PoolShape
    package let embedding: Embedding
    /// A_j e, by task and then by outcome of the experiment: what v(x) is multiplied with.
    package let coefficients: [[[Double]]]
    package let intercepts: [[Double]]
    /// e, by task.
    package let arms: [[Double]]
    /// Control's mean and standard deviation, by experiment and then by its outcome.
    package let centres: [[Double]]
    package let scales: [[Double]]
    /// Mean squared error on the units that chose.
    package let heldRisk: Double

    package var dimension: Int { embedding.dimension }

    /// mu in units of control's standard deviation, at arm * outcomes + outcome of the experiment, one value per row.
    package func predict(experiment: Int, standardised: [Float], rows: Int) -> [[Double]] {
        predict(
            experiment: experiment, embedded: embedding.values(standardised: standardised, rowCount: rows), rows: rows)
    }

    private func predict(experiment: Int, embedded: [Float], rows: Int) -> [[Double]] {
        let first = shape.firstTask(of: experiment)
        let entry = shape.experiments[experiment]
        let size = dimension
        return entry.arms.indices.flatMap { arm in
            entry.outcomes.indices.map { slot in
                let own = coefficients[first + arm][slot]
                return (0..<rows).map { row in
                    var sum = intercepts[first + arm][slot]
                    for index in 0..<size { sum += own[index] * Double(embedded[row * size + index]) }
                    return sum
                }
            }
        }
    }

    /// Effects of units in the outcomes' own units, at (arm - 1) * outcomes + outcome of the experiment.
    /// - Parameter columns: covariates encoded as `embedding.covariates` say.
    package func effects(experiment: Int, columns: [[Float]], rows: Int) -> [[Double]] {
        let mu = predict(
            experiment: experiment, embedded: embedding.values(columns, rows: Array(0..<rows)), rows: rows)
        let entry = shape.experiments[experiment]
        return entry.arms.indices.dropFirst().flatMap { arm in
            entry.outcomes.indices.map { slot in
                let scale = scales[experiment][slot]
                return zip(mu[arm * entry.outcomes.count + slot], mu[slot]).map { scale * ($0 - $1) }
            }
        }
    }
}

extension PoolModel {
    /// With a linear representation.
    init(_ fit: LinearRepresentation, _ pool: Pool) {
        let map = fit.map
        let weights = (0..<map.rowCount).flatMap { row in (0..<map.columnCount).map { Float(map[row, $0]) } }
        let tasks = pool.shape.tasks.indices
        self.init(
            network: .linear, shape: pool.shape,
            embedding: Embedding(
                covariates: pool.inputs.covariates, inputs: pool.inputs.inputs,
                layers: [Embedding.Layer(weights: weights, biases: [Float](repeating: 0, count: map.columnCount))]),
            coefficients: tasks.map { task in
                pool.shape.outcomes(ofTask: task).map { fit.head.coefficients(task: task, outcome: $0) }
            },
            intercepts: fit.models.intercepts, arms: fit.head.arms, centres: pool.experiments.map(\.centres),
            scales: pool.experiments.map(\.scales), heldRisk: fit.heldRisk)
    }

    /// With a network's.
    init(_ fit: NetworkRepresentation, _ pool: Pool) {
        let layers = fit.layers
        let head = fit.head
        let tasks = pool.shape.tasks.indices
        self.init(
            network: .relu, shape: pool.shape,
            embedding: Embedding(
                covariates: pool.inputs.covariates, inputs: pool.inputs.inputs,
                layers: [
                    Embedding.Layer(weights: layers.first, biases: layers.firstBiases),
                    Embedding.Layer(weights: layers.second, biases: layers.secondBiases),
                ]),
            coefficients: tasks.map { task in
                pool.shape.outcomes(ofTask: task).map { head.coefficients(task: task, outcome: $0) }
            },
            intercepts: tasks.map { task in
                pool.shape.outcomes(ofTask: task).map { fit.intercept(task: task, outcome: $0) }
            },
            arms: head.arms, centres: pool.experiments.map(\.centres), scales: pool.experiments.map(\.scales),
            heldRisk: fit.heldRisk)
    }
}
