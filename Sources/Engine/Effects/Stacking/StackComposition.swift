/// What a stack of one arm and outcome is made of.
package struct StackComposition: Sendable, Equatable, Codable {
    package struct Member: Sendable, Equatable, Codable {
        /// A learner's name as in the spec, or `average`.
        package let learner: String
        /// The mean over the folds, and the least and the most of them.
        package let weight: Double
        package let low: Double
        package let high: Double
        /// The mean over the folds where the R-loss chooses in place of the doubly robust one.
        package let weightByResidualLoss: Double
    }

    package let members: [Member]

    init(names: [String], chosen: StackWeights, byResidualLoss: StackWeights) {
        let folds = Double(max(1, chosen.byFold.count))
        members = names.enumerated().map { index, name in
            let own = chosen.byFold.map { $0[index] }
            return Member(
                learner: name, weight: own.reduce(0, +) / folds, low: own.min() ?? 0, high: own.max() ?? 0,
                weightByResidualLoss: byResidualLoss.byFold.reduce(0) { $0 + $1[index] } / folds)
        }
    }

    /// Members that count, the weightiest first; of equal weight in their order.
    package var weighty: [Member] { weighty(by: \.weight) }
    package var weightyByResidualLoss: [Member] { weighty(by: \.weightByResidualLoss) }

    private func weighty(by weight: (Member) -> Double) -> [Member] {
        members.enumerated().filter { weight($0.element) > 0 }.sorted {
            (weight($1.element), $0.offset) < (weight($0.element), $1.offset)
        }.map(\.element)
    }
}
