import Effects
import Experiments

/// A shallow tree that says in a few rules what a policy does: every leaf gives one arm.
package struct DistilledTree: Sendable, Equatable, Codable {
    package struct Node: Sendable, Equatable, Codable {
        /// nil in a leaf.
        package let split: Split?
        /// Index of the left child, the right one follows it; -1 in a leaf.
        package let left: Int
        /// The arm of a leaf; of an inner node, what it would give.
        package let arm: Int
        /// Units that the tree was made from.
        package let units: Int

        package init(split: Split?, left: Int, arm: Int, units: Int) {
            self.split = split
            self.left = left
            self.arm = arm
            self.units = units
        }
    }

    /// The root first.
    package let nodes: [Node]

    package init(nodes: [Node]) { self.nodes = nodes }

    package var leafCount: Int { nodes.count { $0.split == nil } }

    /// The arm of one unit, from its encoded covariates; NaN is missing.
    package func arm(_ value: (Int) -> Float) -> Int {
        var node = 0
        while let split = nodes[node].split {
            node = nodes[node].left + (split.goesLeft(value(split.covariate)) ? 0 : 1)
        }
        return nodes[node].arm
    }

    /// The arms of some units.
    package func arms(_ covariates: [Covariate], of units: some Sequence<Int>) -> [UInt8] {
        units.map { unit in UInt8(arm { covariates[$0].values[unit] }) }
    }

    /// One rule: the units it holds for, and the arm they get.
    package struct Rule: Sendable, Equatable {
        package let region: CovariateRegion
        package let arm: Int
        package let units: Int
    }

    /// The leaves from left to right; no two rules overlap, and together they hold for every unit.
    package func rules(_ covariates: [CovariateDescription]) -> [Rule] {
        var rules: [Rule] = []
        func visit(_ index: Int, _ region: CovariateRegion) {
            let node = nodes[index]
            guard let split = node.split else {
                rules.append(Rule(region: region, arm: node.arm, units: node.units))
                return
            }
            visit(node.left, region.narrowed(by: split, left: true, covariates))
            visit(node.left + 1, region.narrowed(by: split, left: false, covariates))
        }
        visit(0, CovariateRegion())
        return rules
    }
}
