import Runtime

/// The part of XGBoost's model document (schema of version 1.6) that regression trees need.
enum XGBoostDocument {
    /// - Throws: `EspalierError` (.internal) when the library wrote something else.
    static func model(from document: UBJSON) throws -> BoostedModel {
        let learner = try document["learner"]
        guard let base = try learner["learner_model_param"]["base_score"].string.flatMap(Float.init) else {
            throw EspalierError(.internal, "XGBoost wrote no base score")
        }
        guard let trees = try learner["gradient_booster"]["model"]["trees"].elements else {
            throw EspalierError(.internal, "XGBoost wrote no trees")
        }
        return BoostedModel(base: base, trees: try trees.map(tree))
    }

    private static func tree(_ document: UBJSON) throws -> BoostedTree {
        let left = try indices("left_children", of: document)
        guard let thresholds = try document["split_conditions"].realNumbers,
            let missingLeft = try document["default_left"].wholeNumbers
        else { throw EspalierError(.internal, "XGBoost wrote a tree of another form") }
        let levels = try Self.levels(of: document, count: left.count)
        return try BoostedTree(
            features: zip(left, indices("split_indices", of: document)).map { $0 < 0 ? -1 : $1 },
            // A node that splits levels has no threshold.
            thresholds: thresholds.enumerated().map { levels.isEmpty || levels[$0] == nil ? $1 : 0 },
            missingLeft: missingLeft.map { $0 != 0 },
            levels: levels, left: left, right: indices("right_children", of: document))
    }

    /// By node, the codes that go right where it splits levels; empty where no node does.
    private static func levels(of tree: UBJSON, count: Int) throws -> [[UInt8]?] {
        let nodes = try indices("categories_nodes", of: tree)
        guard !nodes.isEmpty else { return [] }
        let codes = try indices("categories", of: tree)
        let starts = try indices("categories_segments", of: tree)
        let sizes = try indices("categories_sizes", of: tree)
        var result = [[UInt8]?](repeating: nil, count: count)
        guard starts.count == nodes.count, sizes.count == nodes.count else { throw malformedLevels }
        for (node, (start, size)) in zip(nodes, zip(starts, sizes)) {
            guard result.indices.contains(Int(node)), start >= 0, size >= 0, Int(start) + Int(size) <= codes.count
            else { throw malformedLevels }
            result[Int(node)] = try codes[Int(start)..<Int(start) + Int(size)].map {
                guard let code = UInt8(exactly: $0) else { throw malformedLevels }
                return code
            }
        }
        return result
    }

    private static var malformedLevels: EspalierError {
        EspalierError(.internal, "XGBoost wrote a tree whose sets of levels are of another form")
    }

    private static func indices(_ name: String, of tree: UBJSON) throws -> [Int32] {
        guard let numbers = try tree[name].wholeNumbers else {
            throw EspalierError(.internal, "XGBoost wrote a tree whose \(name) are no numbers")
        }
        return try numbers.map {
            guard let index = Int32(exactly: $0) else {
                throw EspalierError(.internal, "XGBoost wrote a tree whose \(name) are too large")
            }
            return index
        }
    }
}
