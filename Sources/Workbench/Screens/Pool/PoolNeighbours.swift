import Pooling
import Runtime

extension WorkKind {
    static let poolNeighbours = WorkKind("pool neighbours")
}

/// An experiment that is like another one.
package struct PoolNeighbour: Sendable {
    let name: String
    /// Cosine of what the effects are made of.
    let likeness: Double
}

extension ResultKey where Value == [[PoolNeighbour]] {
    /// By experiment of the pool, the nearest first; empty until they are found.
    package static var poolNeighbours: ResultKey { ResultKey("pool neighbours", initial: []) }
}

/// Compares every experiment of a pool with every other.
struct FindNeighbours: DerivedTask {
    /// As many as are shown.
    private static let count = 8

    let inputs: PoolModel

    static var work: WorkKind { .poolNeighbours }

    func run(_ context: RunContext) throws -> [[PoolNeighbour]] {
        try context.workers.map(inputs.shape.experiments.count) { index in
            try context.cancellation.check()
            return inputs.neighbours(of: index, count: Self.count).map {
                PoolNeighbour(name: $0.name, likeness: $0.likeness)
            }
        }
    }

    func take(_ neighbours: [[PoolNeighbour]], in state: inout WorkbenchState) -> [Work] {
        state.results.take(neighbours, as: .poolNeighbours, from: inputs)
        return []
    }
}
