import Runtime

/// One regression tree as parallel arrays, the root first.
package struct BoostedTree: Sendable, Equatable {
    struct Node: Sendable, Equatable {
        /// Column of the feature matrix; -1 in a leaf.
        let feature: Int32
        /// A value below it goes left; in a leaf the leaf's value.
        let threshold: Float
        let missingLeft: Bool
        /// Index of the set of levels that go right, where the feature is a level's code; -1 elsewhere.
        let levels: Int32
        let left: Int32
        let right: Int32
    }

    /// A set of levels by their codes.
    struct LevelSet: Sendable, Equatable {
        private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let codes: [UInt8]

        init(_ codes: [UInt8]) {
            self.codes = codes.sorted()
            for code in codes {
                let bit = UInt64(1) << UInt64(code & 63)
                switch code >> 6 {
                case 0: words.0 |= bit
                case 1: words.1 |= bit
                case 2: words.2 |= bit
                default: words.3 |= bit
                }
            }
        }

        /// - Parameter code: a whole number from 0 to 255.
        func contains(_ code: Float) -> Bool {
            let code = UInt8(code)
            let word =
                switch code >> 6 {
                case 0: words.0
                case 1: words.1
                case 2: words.2
                default: words.3
                }
            return word >> UInt64(code & 63) & 1 == 1
        }

        static func == (left: LevelSet, right: LevelSet) -> Bool { left.codes == right.codes }
    }

    private let nodes: [Node]
    private let sets: [LevelSet]

    /// - Parameter levels: by node, the codes of the levels that go right, nil where the feature is a number; empty where none is.
    /// - Throws: `EspalierError` (.data) for arrays of unequal length or children that do not come later.
    init(
        features: [Int32], thresholds: [Float], missingLeft: [Bool], levels: [[UInt8]?] = [], left: [Int32],
        right: [Int32]
    ) throws {
        let count = features.count
        guard count > 0, levels.isEmpty || levels.count == count,
            [thresholds.count, missingLeft.count, left.count, right.count].allSatisfy({ $0 == count })
        else { throw EspalierError(.data, "a boosted tree's arrays differ in length") }
        for index in features.indices where features[index] >= 0 {
            guard left[index] > index, right[index] > index, left[index] < count, right[index] < count else {
                throw EspalierError(.data, "a boosted tree's children do not follow their parent")
            }
        }
        var sets: [LevelSet] = []
        nodes = features.indices.map { index in
            var set: Int32 = -1
            if !levels.isEmpty, let codes = levels[index] {
                set = Int32(sets.count)
                sets.append(LevelSet(codes))
            }
            return Node(
                feature: features[index], threshold: thresholds[index], missingLeft: missingLeft[index], levels: set,
                left: left[index], right: right[index])
        }
        self.sets = sets
    }

    /// The highest feature index in use, -1 if none.
    package var highestFeature: Int { Int(nodes.map(\.feature).max() ?? -1) }

    /// Whether levels are told apart at features of codes, and only there.
    /// - Parameter categories: by feature.
    package func splits(_ categories: [Bool]) -> Bool {
        nodes.allSatisfy { $0.feature < 0 || categories[Int($0.feature)] == ($0.levels >= 0) }
    }

    /// One node as whoever writes the tree down sees it.
    package enum Step: Sendable {
        case leaf(Float)
        /// Values below the threshold go left, or where levels are given all codes but theirs.
        case inner(feature: Int, below: Float, right: [UInt8]?, missingLeft: Bool, children: (left: Int, right: Int))
    }

    /// The root first, children after their parents.
    package var list: [Step] {
        nodes.indices.map { index in
            let node = nodes[index]
            guard node.feature >= 0 else { return .leaf(node.threshold) }
            return .inner(
                feature: Int(node.feature), below: node.threshold, right: levels(at: index),
                missingLeft: node.missingLeft, children: (Int(node.left), Int(node.right)))
        }
    }

    /// The codes of the levels that go right at a node; nil where its feature is a number.
    func levels(at node: Int) -> [UInt8]? {
        nodes[node].levels < 0 ? nil : sets[Int(nodes[node].levels)].codes
    }

    func withNodes<Result>(
        _ body: (UnsafeBufferPointer<Node>, UnsafeBufferPointer<LevelSet>) throws -> Result
    ) rethrows -> Result {
        try nodes.withUnsafeBufferPointer { nodes in
            try sets.withUnsafeBufferPointer { try body(nodes, $0) }
        }
    }
}

extension BoostedTree: Codable {
    private enum CodingKeys: String, CodingKey {
        case feature, threshold, missingLeft, levels, left, right
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            features: container.decode([Int32].self, forKey: .feature),
            thresholds: container.decode([Float].self, forKey: .threshold),
            missingLeft: container.decode([Int].self, forKey: .missingLeft).map { $0 != 0 },
            levels: container.decodeIfPresent([[UInt8]?].self, forKey: .levels) ?? [],
            left: container.decode([Int32].self, forKey: .left), right: container.decode([Int32].self, forKey: .right))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nodes.map(\.feature), forKey: .feature)
        try container.encode(nodes.map(\.threshold), forKey: .threshold)
        try container.encode(nodes.map { $0.missingLeft ? 1 : 0 }, forKey: .missingLeft)
        if !sets.isEmpty { try container.encode(nodes.indices.map(levels), forKey: .levels) }
        try container.encode(nodes.map(\.left), forKey: .left)
        try container.encode(nodes.map(\.right), forKey: .right)
    }
}
