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
        return try BoostedTree(
            features: zip(left, indices("split_indices", of: document)).map { $0 < 0 ? -1 : $1 },
            thresholds: thresholds, missingLeft: missingLeft.map { $0 != 0 },
            left: left, right: indices("right_children", of: document))
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
