/// A readable handful of a front: the points of largest hypervolume, and the best of every outcome.
package enum FrontRepresentatives {
    /// What fits a screen and a head.
    package static let standardCount = 12

    /// - Parameters:
    ///   - points: oriented outcomes, mutually non-dominated.
    ///   - count: how many of largest hypervolume; the best of each outcome come on top where they are not among them.
    /// - Returns: indices, ascending.
    package static func choose(
        _ points: [[Double]], reference: [Double], count: Int = standardCount
    ) -> [Int] {
        // Greed is enough here: the choice for a test is made anew, among all points.
        let chosen = SubsetSelection(points, count: count, reference: reference, effort: 0).indices
        let best = reference.indices.compactMap { j in
            points.indices.max { points[$0][j] < points[$1][j] }
        }
        return Set(chosen + best).sorted()
    }
}
