import CKernels
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
        /// Effect, error and interval from the estimating half, in the outcome's own unit, net of arm costs.
        package let estimate: MeanDifference
        /// Index among the leaves; -1 elsewhere.
        package let leaf: Int
    }

    /// Index into the experiment's arms, at least 1.
    package let arm: Int
    package let outcome: Int
    /// The root first.
    package let nodes: [Node]

    package init(arm: Int, outcome: Int, nodes: [Node]) {
        self.arm = arm
        self.outcome = outcome
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

    /// The leaf of every unit.
    /// - Complexity: O(units x depth).
    package func leaves(of binned: BinnedCovariates) -> [UInt16] {
        var result = [UInt16](repeating: 0, count: binned.unitCount)
        var entries = (0..<UInt32(binned.unitCount)).map { $0 << 1 }
        var scratch = entries
        entries.withUnsafeMutableBufferPointer { entries in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let first = entries.baseAddress, let spare = scratch.baseAddress else { return }
                func place(_ index: Int, _ range: Range<Int>) {
                    guard let split = nodes[index].split else {
                        for position in range { result[Int(entries[position] >> 1)] = UInt16(nodes[index].leaf) }
                        return
                    }
                    let left = espalier_partition(
                        binned.bins[split.covariate], binned.codes[split.covariate].goesLeft(split),
                        first + range.lowerBound, nil, nil, range.count, spare, nil, nil)
                    place(nodes[index].left, range.lowerBound..<range.lowerBound + left)
                    place(nodes[index].left + 1, range.lowerBound + left..<range.upperBound)
                }
                place(0, entries.indices)
            }
        }
        return result
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

/// Name and encoding of a covariate: what rules in words need.
package struct CovariateDescription: Sendable, Equatable, Codable {
    package let name: String
    package let encoding: CovariateEncoding

    package init(name: String, encoding: CovariateEncoding) {
        self.name = name
        self.encoding = encoding
    }

    package init(_ covariate: Covariate) {
        self.init(name: covariate.name, encoding: covariate.encoding)
    }
}
