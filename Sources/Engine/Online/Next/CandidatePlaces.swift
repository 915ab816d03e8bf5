import Frontier
import Runtime
import Statistics

/// The places that the next policies are chosen from: an even cover of the box, and places around the best of that.
package enum CandidatePlaces {
    private static let even = 512
    private static let near = 512
    /// Standard deviations around the best, in sides of the box: a wide and a close one in turn.
    private static let reaches = [0.1, 0.03]

    /// - Parameter values: oriented, of a place; one pass over the units each.
    /// - Throws: `CancellationError`.
    package static func around(
        dimensions: Int, seed: UInt64, context: RunContext, _ values: @Sendable ([Double]) -> [Double]
    ) throws -> [[Double]] {
        let cover = cover(dimensions, seed)
        let best = try front(of: cover, context, values)
        var stream = RandomStream(seed: seed, purpose: "around the best")
        return cover
            + (0..<near).map { index in
                let reach = reaches[index / best.count % reaches.count]
                return best[index % best.count].map { min(1, max(0, $0 + reach * stream.normal())) }
            }
    }

    /// The front of an even cover of the whole cube.
    /// - Parameter values: as above.
    /// - Throws: `CancellationError`.
    package static func front(
        dimensions: Int, seed: UInt64, context: RunContext, _ values: @Sendable ([Double]) -> [Double]
    ) throws -> [[Double]] {
        try front(of: cover(dimensions, seed), context, values)
    }

    private static func cover(_ dimensions: Int, _ seed: UInt64) -> [[Double]] {
        let sequence = SobolSequence(dimensions: dimensions, seed: seed)
        return (0..<even).map(sequence.point)
    }

    private static func front(
        of cover: [[Double]], _ context: RunContext, _ values: @Sendable ([Double]) -> [Double]
    ) throws -> [[Double]] {
        let found = try context.workers.map(cover.count) { index in
            try context.cancellation.check()
            return values(cover[index])
        }
        return Dominance.front(found).map { cover[$0] }
    }
}
