import Experiments

/// An honest causal tree of one arm against control on one outcome: grown on one half, estimated on the other.
package struct CausalTree: Sendable, Equatable, Codable {
    package struct Node: Sendable, Equatable, Codable {
        /// nil in a leaf.
        package let split: Split?
        /// Index of the left child, the right one follows it; -1 in a leaf.
        package let left: Int
        /// Tune units of all arms in the node.
        package let units: Int
        /// Units of the arm and of control in the half that grew the tree.
        package let growingUnits: Int
        /// Units of the arm and of control in the half that gave the estimate.
        package let estimatingUnits: Int
        /// Effect, error and interval from the estimating half, in the outcome's own unit, net of arm costs.
        package let estimate: MeanDifference
        /// Index among the leaves, counted from left to right; -1 elsewhere.
        package let leaf: Int

        package init(
            split: Split?, left: Int, units: Int, growingUnits: Int, estimatingUnits: Int, estimate: MeanDifference,
            leaf: Int
        ) {
            self.split = split
            self.left = left
            self.units = units
            self.growingUnits = growingUnits
            self.estimatingUnits = estimatingUnits
            self.estimate = estimate
            self.leaf = leaf
        }
    }

    /// Index into the experiment's arms, at least 1.
    package let arm: Int
    package let outcome: Int
    /// What the arm costs beyond control, in the outcome's unit: taken off every estimate.
    package let addedCost: Double
    /// The root first.
    package let nodes: [Node]

    package init(arm: Int, outcome: Int, addedCost: Double, nodes: [Node]) {
        self.arm = arm
        self.outcome = outcome
        self.addedCost = addedCost
        self.nodes = nodes
    }

    package var leaves: [Node] { nodes.filter { $0.leaf >= 0 }.sorted { $0.leaf < $1.leaf } }

    /// The leaf of encoded covariate values, one per covariate.
    package func leaf(of values: [Float]) -> Int {
        var index = 0
        while let split = nodes[index].split {
            index = nodes[index].left + (split.goesLeft(values[split.covariate]) ? 0 : 1)
        }
        return nodes[index].leaf
    }

    /// The leaf of one unit of the binned table the tree was grown on.
    package func leaf(of unit: Int, in binned: BinnedCovariates) -> Int {
        var index = 0
        while let split = nodes[index].split {
            let left = binned.codes[split.covariate].goesLeft(split)
            index = nodes[index].left + (left[Int(binned.bins[split.covariate][unit])] != 0 ? 0 : 1)
        }
        return nodes[index].leaf
    }

    /// The leaf of every unit of the binned table the tree was grown on.
    /// - Complexity: O(units x depth).
    package func leaves(of binned: BinnedCovariates) -> [UInt16] { binned.leaves(leafPaths) }

    /// The path of each leaf.
    package var leafPaths: [NodePath] {
        var paths = [NodePath](repeating: .root, count: nodes.count)
        var leaves: [Int: NodePath] = [:]
        for (index, node) in nodes.enumerated() {
            if let split = node.split {
                paths[node.left] = paths[index].child(of: split, goesLeft: true)
                paths[node.left + 1] = paths[index].child(of: split, goesLeft: false)
            } else {
                leaves[node.leaf] = paths[index]
            }
        }
        return (0..<leaves.count).compactMap { leaves[$0] }
    }

    /// The region of covariates that leads to each leaf.
    package func leafRegions(_ covariates: [CovariateDescription]) -> [CovariateRegion] {
        var regions: [Int: CovariateRegion] = [:]
        func visit(_ index: Int, _ region: CovariateRegion) {
            guard let split = nodes[index].split else {
                regions[nodes[index].leaf] = region
                return
            }
            for side in 0..<2 {
                visit(nodes[index].left + side, region.narrowed(by: split, left: side == 0, covariates))
            }
        }
        visit(0, CovariateRegion())
        return (0..<regions.count).compactMap { regions[$0] }
    }
}
