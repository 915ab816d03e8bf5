import Runtime
import Statistics

/// A representation of units by a network with one hidden layer, v(x) = W2' relu(W1'x + b1) + b2, and what stands behind it.
package struct NetworkRepresentation: Sendable {
    /// What is tried.
    package struct Search: Sendable, Equatable {
        package var dimensions: [Int]
        package var rates: [Double]
        package var decays: [Double]
        package var hidden: Int
        package var epochs: Int

        package init(
            dimensions: [Int] = [16, 32], rates: [Double] = [2e-3], decays: [Double] = [1e-4], hidden: Int = 128,
            epochs: Int = 40
        ) {
            self.dimensions = dimensions
            self.rates = rates
            self.decays = decays
            self.hidden = hidden
            self.epochs = epochs
        }
    }

    package let rate: Double
    package let decay: Double
    package let epochs: Int
    /// On the units that chose, of the settings that were chosen.
    package let heldRisk: Double
    private let layout: NetworkLayout
    private let parameters: [Float]

    package var dimension: Int { layout.dimension }
    package var hidden: Int { layout.hidden }

    /// Trains on some units with every setting, chooses setting and epoch on others, and trains that on all.
    /// - Throws: `CancellationError`.
    package static func search(
        _ search: Search, training: PoolRows, held: PoolRows, seed: UInt64, context: RunContext
    ) throws -> NetworkRepresentation {
        let candidates = search.dimensions.flatMap { dimension in
            search.rates.flatMap { rate in
                search.decays.map { decay in
                    NetworkTraining.Settings(
                        hidden: search.hidden, dimension: dimension, rate: rate, decay: decay, epochs: search.epochs)
                }
            }
        }
        // Trainings side by side, each on one thread, so that sums are the same whatever the threads.
        let trained = try context.workers.map(candidates.count) { index in
            try NetworkTraining(training, held: held, settings: candidates[index], seed: seed, context: context)
        }
        let best =
            trained.indices.min { trained[$0].risk ?? .infinity < trained[$1].risk ?? .infinity } ?? 0
        let settings = candidates[best]
        let final = try NetworkTraining(
            training.appending(held), settings: settings, lastEpoch: trained[best].epochs, seed: seed, context: context)
        return NetworkRepresentation(
            rate: settings.rate, decay: settings.decay, epochs: final.epochs, heldRisk: trained[best].risk ?? 0,
            layout: final.layout, parameters: final.parameters)
    }

    /// Mean squared error by outcome.
    package func risk(_ rows: PoolRows) -> MeanRisk {
        var pass = NetworkPass(layout)
        return pass.risk(parameters, rows)
    }

    /// W1 row by row, b1, W2 row by row, b2.
    package var layers: (first: [Float], firstBiases: [Float], second: [Float], secondBiases: [Float]) {
        (
            Array(parameters[layout.first]), Array(parameters[layout.firstBiases]), Array(parameters[layout.second]),
            Array(parameters[layout.secondBiases])
        )
    }

    package var head: LowRankHead {
        let d = layout.dimension
        return LowRankHead(
            transforms: (0..<layout.outcomes).map { outcome in
                DenseMatrix(rowCount: d, columnCount: d) {
                    Double(parameters[layout.transforms.lowerBound + outcome * d * d + $0 * d + $1])
                }
            },
            arms: (0..<layout.tasks).map { task in
                (0..<d).map { Double(parameters[layout.arms.lowerBound + task * d + $0]) }
            })
    }

    /// c of a task, by outcome of the pool.
    package func intercept(task: Int, outcome: Int) -> Double {
        Double(parameters[layout.intercepts.lowerBound + task * layout.outcomes + outcome])
    }
}
