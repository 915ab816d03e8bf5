import Foundation
import Statistics

/// The part of XGBoost's JSON model (schema of version 1.7) that regression trees need.
struct XGBoostDocument: Decodable {
    struct Learner: Decodable {
        let gradient_booster: Booster
        let learner_model_param: Parameters
    }
    struct Parameters: Decodable {
        let base_score: String
    }
    struct Booster: Decodable {
        let model: Model
    }
    struct Model: Decodable {
        let trees: [Tree]
    }
    struct Tree: Decodable {
        let left_children: [Int32]
        let right_children: [Int32]
        let split_indices: [Int32]
        let split_conditions: [Float]
        let default_left: [Flag]
    }
    /// Written as 0 and 1 or as false and true, by version.
    struct Flag: Decodable {
        let isSet: Bool
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                isSet = flag
            } else {
                isSet = try container.decode(Int.self) != 0
            }
        }
    }

    let learner: Learner

    /// - Throws: `EspalierError` (.internal) when the library wrote something else.
    static func model(from json: Data) throws -> BoostedModel {
        do {
            let document = try JSONDecoder().decode(XGBoostDocument.self, from: json)
            guard let base = Float(document.learner.learner_model_param.base_score) else {
                throw EspalierError(.internal, "XGBoost wrote no base score")
            }
            let trees = try document.learner.gradient_booster.model.trees.map { tree in
                try BoostedTree(
                    features: zip(tree.left_children, tree.split_indices).map { $0 < 0 ? -1 : $1 },
                    thresholds: tree.split_conditions, missingLeft: tree.default_left.map(\.isSet),
                    left: tree.left_children, right: tree.right_children)
            }
            return BoostedModel(base: base, trees: trees)
        } catch let error as DecodingError {
            throw EspalierError(.internal, "XGBoost's model could not be read (\(error))")
        }
    }
}
