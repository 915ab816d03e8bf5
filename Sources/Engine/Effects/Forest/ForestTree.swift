import CKernels
import Experiments
import Runtime

/// One honest tree of a forest: rules, and in each leaf the means over the leaf's estimating units.
package struct ForestTree: Sendable, Equatable {
    /// Root first, parents before children; empty where no unit estimates anything.
    let nodes: [espalier_forest_node]
    /// Four words of 256 bits per categorical rule: the levels that go left.
    let levels: [UInt64]
    /// At each node's number, zeros but in leaves.
    let means: [LeafMeans]

    /// What a leaf knows: means over its estimating units.
    package struct LeafMeans: Sendable, Equatable {
        /// Residual treatment w.
        package var treatment: Float = 0
        /// Residual outcome y.
        package var outcome: Float = 0
        /// w y.
        package var product: Float = 0
        /// w^2.
        package var square: Float = 0

        package init(treatment: Float = 0, outcome: Float = 0, product: Float = 0, square: Float = 0) {
            self.treatment = treatment
            self.outcome = outcome
            self.product = product
            self.square = square
        }

        var lanes: SIMD4<Double> {
            SIMD4(Double(treatment), Double(outcome), Double(product), Double(square))
        }
    }

    /// One node as files and tests see it.
    package enum Node: Equatable {
        case leaf(LeafMeans)
        case inner(split: Split, left: Int)
    }

    /// - Parameter list: root first, parents before children, the right child after the left one.
    /// - Throws: `EspalierError` (.data) where that does not hold.
    package init(_ list: [Node]) throws {
        var nodes: [espalier_forest_node] = []
        var levels: [UInt64] = []
        for (index, node) in list.enumerated() {
            guard case .inner(let split, let left) = node else {
                nodes.append(Self.leaf(index))
                continue
            }
            guard left > index, left < list.count - 1, list.count <= Int32.max,
                (0...Int(Int32.max)).contains(split.covariate)
            else {
                throw EspalierError(
                    .data, "a forest's tree has a node whose children do not follow it, or that reads no covariate")
            }
            var threshold = Float.infinity
            var set: Int32 = -1
            switch split.rule {
            case .atMost(let value): threshold = value
            case .present: break
            case .levels(let chosen):
                set = Int32(levels.count / 4)
                var words: [UInt64] = [0, 0, 0, 0]
                for level in chosen { words[Int(level) / 64] |= 1 << UInt64(level % 64) }
                levels += words
            }
            nodes.append(
                espalier_forest_node(
                    covariate: UInt32(split.covariate), threshold: threshold, levels: set,
                    link: UInt32(left) << 1 | (split.missingGoesLeft ? 1 : 0)))
        }
        self.nodes = nodes
        self.levels = levels
        means = list.map { if case .leaf(let means) = $0 { means } else { LeafMeans() } }
    }

    /// A leaf walks to itself.
    private static func leaf(_ index: Int) -> espalier_forest_node {
        espalier_forest_node(covariate: 0, threshold: .infinity, levels: -1, link: UInt32(index) << 1 | 1)
    }

    package var isEmpty: Bool { nodes.isEmpty }
    package var leafCount: Int { nodes.indices.count(where: isLeaf) }
    /// The highest covariate a rule reads, -1 if there is no rule.
    package var highestCovariate: Int {
        nodes.indices.lazy.filter { !isLeaf($0) }.map { Int(nodes[$0].covariate) }.max() ?? -1
    }

    private func isLeaf(_ index: Int) -> Bool { Int(nodes[index].link >> 1) == index }

    package var list: [Node] {
        nodes.indices.map { index in
            let node = nodes[index]
            guard !isLeaf(index) else { return .leaf(means[index]) }
            let rule: Split.Rule
            if node.levels >= 0 {
                let words = levels[Int(node.levels) * 4..<Int(node.levels) * 4 + 4]
                rule = .levels(
                    (0...255).filter { words[words.startIndex + Int($0) / 64] >> UInt64($0 % 64) & 1 == 1 })
            } else {
                rule = node.threshold.isFinite ? .atMost(node.threshold) : .present
            }
            return .inner(
                split: Split(
                    covariate: Int(node.covariate), rule: rule, missingGoesLeft: node.link & 1 == 1, missingSeen: true),
                left: Int(node.link >> 1))
        }
    }

    package static func == (a: ForestTree, b: ForestTree) -> Bool {
        a.means == b.means && a.levels == b.levels
            && a.nodes.elementsEqual(b.nodes) {
                ($0.covariate, $0.threshold, $0.levels, $0.link) == ($1.covariate, $1.threshold, $1.levels, $1.link)
            }
    }
}

extension ForestTree: Codable {
    private enum CodingKeys: String, CodingKey {
        case covariate, threshold, levels, missingLeft, left, treatment, outcome, product, square
    }

    /// Arrays with an entry per node: covariate (-1 in a leaf), threshold (null: a set of levels, or every value that is
    /// there), missingLeft, left; `levels` by node number, for categorical rules; arrays with an entry per leaf in their
    /// order: the four means.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        var leaves: [LeafMeans] = []
        var sets: [Int: [UInt8]] = [:]
        var covariates: [Int] = []
        var thresholds: [Float?] = []
        for (index, node) in list.enumerated() {
            switch node {
            case .leaf(let means):
                leaves.append(means)
                covariates.append(-1)
                thresholds.append(nil)
            case .inner(let split, _):
                covariates.append(split.covariate)
                if case .atMost(let threshold) = split.rule {
                    thresholds.append(threshold)
                } else {
                    thresholds.append(nil)
                }
                if case .levels(let chosen) = split.rule { sets[index] = chosen }
            }
        }
        try container.encode(covariates, forKey: .covariate)
        try container.encode(thresholds, forKey: .threshold)
        try container.encode(sets, forKey: .levels)
        try container.encode(nodes.map { Int($0.link & 1) }, forKey: .missingLeft)
        try container.encode(nodes.map { Int($0.link >> 1) }, forKey: .left)
        try container.encode(leaves.map(\.treatment), forKey: .treatment)
        try container.encode(leaves.map(\.outcome), forKey: .outcome)
        try container.encode(leaves.map(\.product), forKey: .product)
        try container.encode(leaves.map(\.square), forKey: .square)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let covariates = try container.decode([Int].self, forKey: .covariate)
        let thresholds = try container.decode([Float?].self, forKey: .threshold)
        let sets = try container.decode([Int: [UInt8]].self, forKey: .levels)
        let missingLeft = try container.decode([Int].self, forKey: .missingLeft)
        let left = try container.decode([Int].self, forKey: .left)
        let columns = try [CodingKeys.treatment, .outcome, .product, .square]
            .map { try container.decode([Float].self, forKey: $0) }
        let leafCount = covariates.count { $0 < 0 }
        guard [thresholds.count, missingLeft.count, left.count].allSatisfy({ $0 == covariates.count }),
            columns.allSatisfy({ $0.count == leafCount })
        else { throw EspalierError(.data, "the arrays of a forest's tree differ in length") }
        var next = 0
        try self.init(
            covariates.indices.map { index in
                guard covariates[index] >= 0 else {
                    defer { next += 1 }
                    return .leaf(
                        LeafMeans(
                            treatment: columns[0][next], outcome: columns[1][next], product: columns[2][next],
                            square: columns[3][next]))
                }
                let rule: Split.Rule =
                    sets[index].map { .levels($0) } ?? thresholds[index].map { .atMost($0) } ?? .present
                return .inner(
                    split: Split(
                        covariate: covariates[index], rule: rule, missingGoesLeft: missingLeft[index] != 0,
                        missingSeen: true),
                    left: left[index])
            })
    }
}
