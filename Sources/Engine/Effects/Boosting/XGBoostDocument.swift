import Foundation
import Runtime

/// The part of XGBoost's JSON model (schema of version 1.7) that regression trees need.
struct XGBoostDocument: Decodable {
    struct Learner: Decodable {
        let gradientBooster: Booster
        let learnerModelParam: Parameters
    }
    struct Parameters: Decodable {
        let baseScore: String
    }
    struct Booster: Decodable {
        let model: Model
    }
    struct Model: Decodable {
        let trees: [Tree]
    }
    struct Tree: Decodable {
        let leftChildren: [Int32]
        let rightChildren: [Int32]
        let splitIndices: [Int32]
        let splitConditions: [Float]
        let defaultLeft: [Flag]
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
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let document = try decoder.decode(XGBoostDocument.self, from: json)
            guard let base = Float(document.learner.learnerModelParam.baseScore) else {
                throw EspalierError(.internal, "XGBoost wrote no base score")
            }
            let trees = try document.learner.gradientBooster.model.trees.map { tree in
                try BoostedTree(
                    features: zip(tree.leftChildren, tree.splitIndices).map { $0 < 0 ? -1 : $1 },
                    thresholds: tree.splitConditions, missingLeft: tree.defaultLeft.map(\.isSet),
                    left: tree.leftChildren, right: tree.rightChildren)
            }
            return BoostedModel(base: base, trees: trees)
        } catch let error as DecodingError {
            throw EspalierError(.internal, "XGBoost's model could not be read (\(error))")
        }
    }
}
