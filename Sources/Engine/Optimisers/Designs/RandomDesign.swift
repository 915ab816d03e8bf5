import Runtime
import Statistics

/// Places drawn uniformly: the floor for every search.
package struct RandomDesign: Optimiser, Equatable {
    package let dimensions: Int
    package let seed: UInt64
    package private(set) var observations: [Observation] = []

    package init(dimensions: Int, seed: UInt64) {
        self.dimensions = dimensions
        self.seed = seed
    }

    package func ask(limit: Int, context: RunContext) throws -> [[Double]] {
        (0..<limit).map { index in
            var stream = RandomStream(seed: seed, purpose: "place \(observations.count + index)")
            return (0..<dimensions).map { _ in stream.uniform() }
        }
    }

    package mutating func tell(_ seen: [Observation]) { observations += seen }
}
