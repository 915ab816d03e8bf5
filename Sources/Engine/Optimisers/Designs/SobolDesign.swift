import Runtime
import Statistics

/// Places of a Sobol sequence: even coverage without any learning.
package struct SobolDesign: Optimiser, Equatable {
    package let dimensions: Int
    package let seed: UInt64
    package private(set) var observations: [Observation] = []

    /// - Parameter dimensions: at most `SobolSequence.maximumDimensions`.
    package init(dimensions: Int, seed: UInt64) {
        self.dimensions = dimensions
        self.seed = seed
    }

    package func ask(limit: Int, context: RunContext) throws -> [[Double]] {
        let sequence = SobolSequence(dimensions: dimensions, seed: seed)
        return (0..<limit).map { sequence.point(observations.count + $0) }
    }

    package mutating func tell(_ seen: [Observation]) { observations += seen }
}
