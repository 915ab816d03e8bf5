import Foundation
import Statistics

/// The score of direct ranking: s = 3 tanh(raw), raw a linear function of the features or of one layer of tanh units.
package enum ScoreNetwork: Sendable, Equatable {
    /// raw = x' theta.
    case linear(features: Int)
    /// raw = tanh(x' W + b) v, with theta = W row by row (features x units), then b, then v.
    case hidden(features: Int, units: Int)

    package static let scale = 3.0

    package var featureCount: Int {
        switch self {
        case .linear(let features), .hidden(let features, _): features
        }
    }

    package var parameterCount: Int {
        switch self {
        case .linear(let features): features
        case .hidden(let features, let units): (features + 2) * units
        }
    }

    /// Small random parameters, so that hidden units differ from each other.
    package func initialParameters(seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, purpose: "score network")
        let spread = 0.1 / Double(max(1, featureCount)).squareRoot()
        return (0..<parameterCount).map { _ in spread * stream.normal() }
    }

    package func scores(_ features: DenseMatrix, _ parameters: [Double]) -> [Double] {
        features.values.withUnsafeBufferPointer { values in
            (0..<features.rowCount).map { row in
                Self.scale * tanh(raw(values, stride: features.rowCount, row: row, parameters))
            }
        }
    }

    func raw(_ features: UnsafeBufferPointer<Double>, stride: Int, row: Int, _ parameters: [Double]) -> Double {
        switch self {
        case .linear(let count):
            return (0..<count).reduce(0) { $0 + features[$1 * stride + row] * parameters[$1] }
        case .hidden(let count, let units):
            return (0..<units).reduce(0) { sum, unit in
                sum + parameters[(count + 1) * units + unit]
                    * activation(unit, features, stride: stride, row: row, parameters)
            }
        }
    }

    /// Adds the derivatives of raw, times a factor, to `gradient`.
    func addDerivatives(
        _ features: UnsafeBufferPointer<Double>, stride: Int, row: Int, _ parameters: [Double], times factor: Double,
        to gradient: inout ArraySlice<Double>
    ) {
        let start = gradient.startIndex
        switch self {
        case .linear(let count):
            for feature in 0..<count { gradient[start + feature] += factor * features[feature * stride + row] }
        case .hidden(let count, let units):
            for unit in 0..<units {
                let a = activation(unit, features, stride: stride, row: row, parameters)
                let outer = factor * parameters[(count + 1) * units + unit] * (1 - a * a)
                for feature in 0..<count {
                    gradient[start + feature * units + unit] += outer * features[feature * stride + row]
                }
                gradient[start + count * units + unit] += outer
                gradient[start + (count + 1) * units + unit] += factor * a
            }
        }
    }

    private func activation(
        _ unit: Int, _ features: UnsafeBufferPointer<Double>, stride: Int, row: Int, _ parameters: [Double]
    ) -> Double {
        let (count, units) = (featureCount, (parameterCount / (featureCount + 2)))
        var sum = parameters[count * units + unit]
        for feature in 0..<count { sum += features[feature * stride + row] * parameters[feature * units + unit] }
        return tanh(sum)
    }
}
