import Experiments

/// A tree that tells regions of the covariates apart, without any estimates: what a cohort is looked up by.
package struct RegionTree: Sendable, Hashable, Codable {
    package struct Node: Sendable, Hashable, Codable {
        /// -1 in a leaf.
        package let covariate: Int
        /// Numeric: encoded values up to this go left.
        package let atMost: Float?
        /// Categorical: codes of the levels that go left. With neither limit nor levels every value goes left.
        package let levels: [UInt8]?
        package let missingLeft: Bool
        /// Index of the left child, the right one follows it; -1 in a leaf.
        package let left: Int
        /// Number of the leaf; -1 elsewhere.
        package let leaf: Int

        package init(split: Split?, left: Int, leaf: Int) {
            self.init(
                covariate: split?.covariate ?? -1, atMost: split?.rule.limit, levels: split?.rule.leftLevels,
                missingLeft: split?.missingGoesLeft ?? false, left: split == nil ? -1 : left, leaf: leaf)
        }

        fileprivate init(
            covariate: Int, atMost: Float?, levels: [UInt8]?, missingLeft: Bool, left: Int, leaf: Int
        ) {
            self.covariate = covariate
            self.atMost = atMost
            self.levels = levels
            self.missingLeft = missingLeft
            self.left = left
            self.leaf = leaf
        }

        fileprivate func goesLeft(_ value: Float) -> Bool {
            Split.goesLeft(value, atMost: atMost, levels: levels, missingLeft: missingLeft)
        }
    }

    /// The root first, children after their parents.
    package let nodes: [Node]

    package init(nodes: [Node]) { self.nodes = nodes }

    package var leafCount: Int { nodes.count { $0.covariate < 0 } }

    /// Covariates that some node asks for.
    package var covariates: Set<Int> { Set(nodes.map(\.covariate)).subtracting([-1]) }

    /// The number of the leaf that a unit of encoded columns comes to.
    package func leaf(of unit: Int, in columns: [[Float]]) -> Int {
        var index = 0
        while nodes[index].covariate >= 0 {
            let node = nodes[index]
            index = node.left + (node.goesLeft(columns[node.covariate][unit]) ? 0 : 1)
        }
        return nodes[index].leaf
    }

    /// The same tree over covariates counted otherwise.
    package func renumbered(_ place: [Int: Int]) -> RegionTree {
        RegionTree(
            nodes: nodes.map { node in
                Node(
                    covariate: place[node.covariate] ?? -1, atMost: node.atMost, levels: node.levels,
                    missingLeft: node.missingLeft, left: node.left, leaf: node.leaf)
            })
    }
}

extension RegionTree {
    private enum CodingKeys: String, CodingKey {
        case nodes
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let nodes = try container.decode([Node].self, forKey: .nodes)
        let follows = nodes.enumerated().allSatisfy { index, node in
            node.covariate < 0 || (node.left > index && node.left < nodes.count - 1)
        }
        let leaves = nodes.filter { $0.covariate < 0 }.map(\.leaf).sorted()
        guard !nodes.isEmpty, follows, leaves == Array(0..<leaves.count) else {
            throw DecodingError.dataCorruptedError(
                forKey: .nodes, in: container,
                debugDescription: "a tree's children follow their parents and its leaves are numbered from 0")
        }
        self.nodes = nodes
    }
}
