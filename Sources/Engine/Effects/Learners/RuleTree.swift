import Experiments

/// A causal tree as a policy needs it: rules on encoded covariates, and an effect in every leaf.
package struct RuleTree: Sendable, Equatable, Codable {
    package struct Node: Sendable, Equatable, Codable {
        /// -1 in a leaf.
        package let covariate: Int
        /// Numeric: values up to this go left.
        package let atMost: Float?
        /// Categorical: codes of the levels that go left. With neither limit nor levels every value goes left.
        package let levels: [UInt8]?
        package let missingLeft: Bool
        /// Index of the left child, the right one follows it; -1 in a leaf.
        package let left: Int
        /// Of the leaf, scaled and gross of costs; 0 elsewhere.
        package let effect: Float
        /// Of the leaf's effect; nil elsewhere and in exported policies.
        package let standardError: Float?

        init(
            covariate: Int, atMost: Float?, levels: [UInt8]?, missingLeft: Bool, left: Int, effect: Float,
            standardError: Float?
        ) {
            self.covariate = covariate
            self.atMost = atMost
            self.levels = levels
            self.missingLeft = missingLeft
            self.left = left
            self.effect = effect
            self.standardError = standardError
        }

        init(leaf effect: Float, standardError: Float?) {
            self.init(
                covariate: -1, atMost: nil, levels: nil, missingLeft: false, left: -1, effect: effect,
                standardError: standardError)
        }
    }

    /// The root first, children after their parents.
    package let nodes: [Node]

    init(nodes: [Node]) { self.nodes = nodes }

    /// - Parameter scale: of the outcome.
    init(_ tree: CausalTree, scale: Double) {
        nodes = tree.nodes.map { node in
            guard let split = node.split else {
                return Node(
                    leaf: Float((node.estimate.effect + tree.addedCost) / scale),
                    standardError: Float(node.estimate.standardError / scale))
            }
            return Node(
                covariate: split.covariate, atMost: split.rule.limit, levels: split.rule.leftLevels,
                missingLeft: split.missingGoesLeft,
                left: node.left, effect: 0, standardError: nil)
        }
    }

    var withoutErrors: RuleTree {
        RuleTree(
            nodes: nodes.map {
                Node(
                    covariate: $0.covariate, atMost: $0.atMost, levels: $0.levels, missingLeft: $0.missingLeft,
                    left: $0.left, effect: $0.effect, standardError: nil)
            })
    }

    /// The leaf's effect of each row.
    func values(of rows: ScoredRows) -> [Float] { rows.units.map { nodes[leaf(of: $0, in: rows.columns)].effect } }

    var hasStandardErrors: Bool { nodes.contains { $0.standardError != nil } }

    func standardErrors(of rows: ScoredRows) -> [Float]? {
        guard hasStandardErrors else { return nil }
        return rows.units.map { nodes[leaf(of: $0, in: rows.columns)].standardError ?? 0 }
    }

    func leaf(of unit: Int, in columns: [[Float]]) -> Int {
        var index = 0
        while nodes[index].covariate >= 0 {
            let node = nodes[index]
            index = node.left + (node.goesLeft(columns[node.covariate][unit]) ? 0 : 1)
        }
        return index
    }
}

extension RuleTree.Node {
    fileprivate func goesLeft(_ value: Float) -> Bool {
        Split.goesLeft(value, atMost: atMost, levels: levels, missingLeft: missingLeft)
    }
}

extension RuleTree {
    private enum CodingKeys: String, CodingKey {
        case nodes
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let nodes = try container.decode([Node].self, forKey: .nodes)
        let follows = nodes.enumerated().allSatisfy { index, node in
            node.covariate < 0 || (node.left > index && node.left < nodes.count - 1)
        }
        guard !nodes.isEmpty, follows else {
            throw DecodingError.dataCorruptedError(
                forKey: .nodes, in: container, debugDescription: "a tree's children follow their parents")
        }
        self.nodes = nodes
    }
}
