import Runtime

/// What is held of the objectives before anything is told: means, such as estimates from other data, or features that they
/// may be linear in (METHODS 8.2). It is given whenever places are asked for and is no part of an optimiser's state.
package struct PriorKnowledge: Sendable {
    /// Of the objectives, then of the constraints, at a place; nil where nothing is held of their level.
    package let means: (@Sendable ([Double]) -> [Double])?
    /// Of a place, standardised; nil without.
    package let features: (@Sendable ([Double]) -> [Double])?

    /// The only places to choose from, each found out once; empty where any place of the cube will do. Where a mean is a pass over
    /// all units, a search that asks for ten thousand of them is no help.
    let candidates: [KnownPlace]

    /// - Parameter candidates: as places.
    /// - Throws: `CancellationError`.
    package init(
        means: (@Sendable ([Double]) -> [Double])? = nil, features: (@Sendable ([Double]) -> [Double])? = nil,
        candidates: [[Double]] = [], context: RunContext = RunContext(workers: Workers(count: 1))
    ) throws {
        self.means = means
        self.features = features
        self.candidates = try context.workers.map(candidates.count) { index in
            try context.cancellation.check()
            let place = candidates[index]
            return KnownPlace(place: place, means: means?(place), features: features?(place))
        }
    }

    private init() {
        means = nil
        features = nil
        candidates = []
    }

    static let none = PriorKnowledge()

    func known(_ place: [Double]) -> KnownPlace {
        KnownPlace(place: place, means: means?(place), features: features?(place))
    }
}

/// A place with what is held of it, which may be dear to find out.
struct KnownPlace: Sendable {
    let place: [Double]
    let means: [Double]?
    let features: [Double]?

    /// The mean of a function, 0 where nothing is held.
    func mean(_ function: Int) -> Double { means?[function] ?? 0 }
}
