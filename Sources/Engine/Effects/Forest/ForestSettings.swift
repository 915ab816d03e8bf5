/// Settings of the growth of a forest; the defaults are those of GRF (Athey, Tibshirani & Wager 2019) but for the
/// number of trees and the smallest node.
package struct ForestSettings: Sendable, Equatable, Codable {
    /// Trees grow in bags of two; an odd number is rounded up.
    package var trees: Int
    /// Share of the units in one tree's subsample, at most 0.5: both trees of a bag draw from the same half of the units.
    package var subsample: Double
    /// Share of the subsample that grows the tree; the rest gives its leaves their values.
    package var growingShare: Double
    /// Fewest treated and fewest control units of the growing half in a node. Small nodes are what keeps the intervals of
    /// single units near the truth where tau is steep: with 2,000 units 2, 3 and 5 covered .74, .69 and .65 of units.
    package var minimumNode: Int
    /// Least share of the node's sum of squared treatment residuals that either child keeps.
    package var balance: Double
    /// Mean number of covariates tried at a node (the number is Poisson, at most all); nil takes min(sqrt(p) + 20, p).
    package var covariatesPerNode: Int?
    /// The root has depth 0.
    package var maximumDepth: Int
    /// Trees of the forest that predicts the outcome, where no prediction is given.
    package var outcomeTrees: Int

    package init(
        trees: Int = 200, subsample: Double = 0.5, growingShare: Double = 0.5, minimumNode: Int = 2,
        balance: Double = 0.05, covariatesPerNode: Int? = nil, maximumDepth: Int = 32, outcomeTrees: Int = 50
    ) {
        precondition(trees >= 2 && outcomeTrees >= 2 && minimumNode >= 1 && maximumDepth >= 0)
        precondition(subsample > 0 && subsample <= 0.5 && growingShare > 0 && growingShare < 1)
        precondition((0..<0.5).contains(balance) && covariatesPerNode.map { $0 >= 1 } ?? true)
        self.trees = trees
        self.subsample = subsample
        self.growingShare = growingShare
        self.minimumNode = minimumNode
        self.balance = balance
        self.covariatesPerNode = covariatesPerNode
        self.maximumDepth = maximumDepth
        self.outcomeTrees = outcomeTrees
    }

    /// Settings by the size of the arms: 100 trees with nodes of at least 1/500 of the smaller arm and 2 units, so that no
    /// tree has more than about 125 leaves and a forest takes at most about 1 MB in a policy file.
    package static func standard(smallestArm: Int) -> ForestSettings {
        ForestSettings(trees: 100, minimumNode: max(2, smallestArm / 500))
    }

    /// Fewest units of an arm worth a forest: below, halves of halves of it hold no more than one node's least.
    var leastArm: Int { max(20, 4 * minimumNode) }

    var bags: Int { (trees + 1) / 2 }

    func covariates(of count: Int) -> Int {
        covariatesPerNode ?? min(count, Int(Double(count).squareRoot().rounded(.up)) + 20)
    }
}
