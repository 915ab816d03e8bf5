import CKernels
import Experiments

/// What growing a tree asks for at one node and covariate: sums per bin and arm, never rows (DESIGN section 2).
package struct NodeSums: Sendable {
    /// Growing half, at bin * 2 + (1 if treated).
    package let growing: [ArmSums]
    /// Estimating half: units only, at bin * 2 + (1 if treated); its outcomes do not reach the growth.
    package let estimating: [UInt32]

    package init(growing: [ArmSums], estimating: [UInt32]) {
        self.growing = growing
        self.estimating = estimating
    }
}

/// Answers the sums that growing asks for: a kernel in memory here, a GROUP BY elsewhere.
package protocol NodeSumsProvider {
    associatedtype Node
    var root: Node { get }
    var codes: [BinCode] { get }
    func sums(at node: Node, covariate: Int) -> NodeSums
    /// The children of a node under a split.
    func children(of node: Node, by split: Split) -> (left: Node, right: Node)
}

/// The in-memory provider: one arm against control on one outcome.
struct PairSums: NodeSumsProvider {
    /// Units of the pair in one node, as entries row << 1 | treated.
    struct Node {
        var growing: [UInt32]
        var y: [Float]
        var weights: [Float]
        var estimating: [UInt32]
    }

    let bins: [[UInt8]]
    let codes: [BinCode]
    let root: Node

    func sums(at node: Node, covariate: Int) -> NodeSums {
        let binCount = codes[covariate].valueBins + 1
        let column = bins[covariate]
        let isWeighted = !node.weights.isEmpty
        let width = isWeighted ? 8 : 4
        var cells = [Double](repeating: 0, count: binCount * 2 * width)
        if isWeighted {
            espalier_histogram_weighted(column, node.growing, node.y, node.weights, node.growing.count, &cells)
        } else {
            espalier_histogram(column, node.growing, node.y, node.growing.count, &cells)
        }
        var counts = [UInt32](repeating: 0, count: binCount * 2)
        espalier_histogram_counts(column, node.estimating, node.estimating.count, &counts)
        let growing = (0..<binCount * 2).map { cell -> ArmSums in
            let start = cell * width
            return isWeighted
                ? ArmSums(cells[start..<start + 6])
                : ArmSums(count: cells[start], value: cells[start + 1], square: cells[start + 2])
        }
        return NodeSums(growing: growing, estimating: counts)
    }

    func children(of node: Node, by split: Split) -> (left: Node, right: Node) {
        let column = bins[split.covariate]
        let goesLeft = codes[split.covariate].goesLeft(split)
        var left = Node(growing: [], y: [], weights: [], estimating: [])
        var right = left
        for (index, entry) in node.growing.enumerated() {
            if goesLeft[Int(column[Int(entry >> 1)])] != 0 {
                left.growing.append(entry)
                left.y.append(node.y[index])
                if !node.weights.isEmpty { left.weights.append(node.weights[index]) }
            } else {
                right.growing.append(entry)
                right.y.append(node.y[index])
                if !node.weights.isEmpty { right.weights.append(node.weights[index]) }
            }
        }
        for entry in node.estimating {
            if goesLeft[Int(column[Int(entry >> 1)])] != 0 {
                left.estimating.append(entry)
            } else {
                right.estimating.append(entry)
            }
        }
        return (left, right)
    }
}
