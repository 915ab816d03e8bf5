import Foundation

/// A score of units by their features that is told by numbers alone: whoever has the features gets the same score.
///
/// Sums are in double precision, the constant first and then feature by feature.
package enum ScoreFunction: Sendable, Hashable {
    case linear(LinearScore)
    /// What is gained over what it costs.
    case ratio(RatioScore)
    case network(NetworkScore)

    /// constant + sum_k coefficient_k x_k.
    package struct LinearScore: Sendable, Hashable, Codable {
        package let constant: Double
        package let coefficients: [Double]

        package init(constant: Double, coefficients: [Double]) {
            self.constant = constant
            self.coefficients = coefficients
        }

        func values(_ features: DenseMatrix) -> [Double] {
            precondition(features.columnCount == coefficients.count)
            var values = [Double](repeating: constant, count: features.rowCount)
            features.values.withUnsafeBufferPointer { entries in
                values.withUnsafeMutableBufferPointer { values in
                    for (feature, coefficient) in coefficients.enumerated() {
                        let start = feature * features.rowCount
                        for row in values.indices { values[row] += coefficient * entries[start + row] }
                    }
                }
            }
            return values
        }
    }

    /// value / max(cost, floor).
    package struct RatioScore: Sendable, Hashable, Codable {
        package let value: LinearScore
        package let cost: LinearScore
        /// Above 0.
        package let floor: Double

        package init(value: LinearScore, cost: LinearScore, floor: Double) {
            precondition(floor > 0)
            self.value = value
            self.cost = cost
            self.floor = floor
        }
    }

    /// sum_u weight_u tanh(input_u).
    package struct NetworkScore: Sendable, Hashable, Codable {
        package struct Unit: Sendable, Hashable, Codable {
            package let input: LinearScore
            package let weight: Double

            package init(input: LinearScore, weight: Double) {
                self.input = input
                self.weight = weight
            }
        }

        package let units: [Unit]

        package init(units: [Unit]) { self.units = units }
    }

    /// The score of each row.
    /// - Complexity: O(rows x features), times the units of a network.
    package func values(_ features: DenseMatrix) -> [Double] {
        switch self {
        case .linear(let score): return score.values(features)
        case .ratio(let score):
            return zip(score.value.values(features), score.cost.values(features)).map { $0 / max($1, score.floor) }
        case .network(let score):
            var values = [Double](repeating: 0, count: features.rowCount)
            for unit in score.units {
                for (row, input) in unit.input.values(features).enumerated() {
                    values[row] += unit.weight * tanh(input)
                }
            }
            return values
        }
    }

    /// Whether it reads so many features, all of its numbers are finite, and what it divides by is above 0.
    package func reads(featureCount: Int) -> Bool {
        func fits(_ score: LinearScore) -> Bool {
            score.coefficients.count == featureCount && ([score.constant] + score.coefficients).allSatisfy(\.isFinite)
        }
        return switch self {
        case .linear(let score): fits(score)
        case .ratio(let score): fits(score.value) && fits(score.cost) && score.floor.isFinite && score.floor > 0
        case .network(let score): score.units.allSatisfy { fits($0.input) && $0.weight.isFinite }
        }
    }
}

extension ScoreFunction: Codable {
    private enum CodingKeys: String, CodingKey { case kind }

    private enum Kind: String, Codable { case linear, ratio, network }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .linear: self = .linear(try LinearScore(from: decoder))
        case .ratio:
            let score = try RatioScore(from: decoder)
            guard score.floor > 0 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .kind, in: container, debugDescription: "the floor of a ratio's cost must be above 0")
            }
            self = .ratio(score)
        case .network: self = .network(try NetworkScore(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .linear(let score):
            try container.encode(Kind.linear, forKey: .kind)
            try score.encode(to: encoder)
        case .ratio(let score):
            try container.encode(Kind.ratio, forKey: .kind)
            try score.encode(to: encoder)
        case .network(let score):
            try container.encode(Kind.network, forKey: .kind)
            try score.encode(to: encoder)
        }
    }
}
