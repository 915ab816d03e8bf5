import Runtime
import Statistics

/// The elitist genetic algorithm NSGA-II (Deb, Pratap, Agarwal & Meyarivan 2002), constraints included.
package struct NSGA2: Optimiser, Equatable {
    package let dimensions: Int
    package let seed: UInt64
    package let populationSize: Int
    package private(set) var observations: [Observation] = []
    /// Indices into the observations: the survivors, best layer first.
    private var parents: [Int] = []
    /// Told since the last survival.
    private var children: [Int] = []
    private let variation = Variation()

    private enum CodingKeys: String, CodingKey {
        case dimensions, seed, populationSize, observations, parents, children
    }

    /// - Parameter populationSize: at least 4.
    package init(dimensions: Int, seed: UInt64, populationSize: Int = 20) {
        precondition(populationSize >= 4)
        self.dimensions = dimensions
        self.seed = seed
        self.populationSize = populationSize
    }

    /// Those who bear the next generation, best first.
    var survivors: [Observation] { parents.map { observations[$0] } }

    /// The rest of the present generation.
    package func ask(limit: Int, context: RunContext) throws -> [[Double]] {
        (0..<min(limit, populationSize - children.count)).map { index in
            var stream = RandomStream(seed: seed, purpose: "child \(observations.count + index)")
            guard !parents.isEmpty else { return (0..<dimensions).map { _ in stream.uniform() } }
            var child = variation.cross(tournament(&stream), tournament(&stream), &stream).0
            variation.mutate(&child, &stream)
            return child
        }
    }

    package mutating func tell(_ seen: [Observation]) {
        for observation in seen {
            children.append(observations.count)
            observations.append(observation)
            if children.count == populationSize { survive() }
        }
    }

    /// Parents are kept in the order of survival, so the earlier of two is the better.
    private func tournament(_ stream: inout RandomStream) -> [Double] {
        let winner = min(stream.index(below: parents.count), stream.index(below: parents.count))
        return observations[parents[winner]].parameters
    }

    private mutating func survive() {
        let pool = parents + children
        let members = pool.map { observations[$0] }
        var order: [Int] = []
        for layer in ConstrainedRanks(members).layers where order.count < populationSize {
            let room = ConstrainedRanks.crowding(layer, members)
            order += layer.sorted { a, b in
                let (x, y) = (room[a] ?? 0, room[b] ?? 0)
                return x != y ? x > y : a < b
            }
        }
        parents = order.prefix(populationSize).map { pool[$0] }
        children = []
    }
}
