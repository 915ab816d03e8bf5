import CKernels
import Experiments
import Runtime

/// A representation v(x) of units that was learned elsewhere, from many experiments: standardised inputs, then layers with
/// rectified units between them; without layers the inputs themselves.
package struct Embedding: Sendable, Equatable, Codable {
    /// One standardised input: (value - centre) / scale.
    package struct Input: Sendable, Equatable, Codable {
        package enum Kind: String, Sendable, Codable {
            /// The encoded value; its centre where it is missing.
            case number
            /// 1 for units of a level, else 0, also where it is missing.
            case level
            /// 1 where the value is missing, else 0.
            case missing
        }

        /// Index among the covariates.
        package let covariate: Int
        package let kind: Kind
        /// Of the level; nil for other kinds, and where the covariate has no such level here.
        package let code: Int?
        package let centre: Double
        package let scale: Double

        package init(covariate: Int, kind: Kind, code: Int? = nil, centre: Double, scale: Double) {
            self.covariate = covariate
            self.kind = kind
            self.code = code
            self.centre = centre
            self.scale = scale
        }

        func value(_ encoded: Float) -> Float {
            switch kind {
            case .number: encoded.isNaN ? 0 : Float((Double(encoded) - centre) / scale)
            case .level: Float(((code.map { encoded == Float($0) } ?? false ? 1 : 0) - centre) / scale)
            case .missing: Float(((encoded.isNaN ? 1 : 0) - centre) / scale)
            }
        }
    }

    /// One layer: weights' x + biases.
    package struct Layer: Sendable, Equatable, Codable {
        /// Inputs x outputs, row by row.
        package let weights: [Float]
        package let biases: [Float]

        package init(weights: [Float], biases: [Float]) {
            self.weights = weights
            self.biases = biases
        }

        var outputs: Int { biases.count }
    }

    /// What the encoded values that it reads mean.
    package let covariates: [CovariateDescription]
    package let inputs: [Input]
    package let layers: [Layer]

    package init(covariates: [CovariateDescription], inputs: [Input], layers: [Layer]) {
        self.covariates = covariates
        self.inputs = inputs
        self.layers = layers
    }

    /// d.
    package var dimension: Int { layers.last?.outputs ?? inputs.count }

    /// The standardised inputs alone.
    package var withoutLayers: Embedding { Embedding(covariates: covariates, inputs: inputs, layers: []) }

    /// Standardised inputs of the given rows, row by row.
    /// - Parameter columns: encoded values, one column per covariate.
    package func standardised(_ columns: [[Float]], rows: [Int]) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count * inputs.count) { buffer, count in
            for (index, input) in inputs.enumerated() {
                columns[input.covariate].withUnsafeBufferPointer { column in
                    for (row, unit) in rows.enumerated() {
                        buffer[row * inputs.count + index] = input.value(column[unit])
                    }
                }
            }
            count = rows.count * inputs.count
        }
    }

    /// v(x) of the given rows, row by row.
    /// - Complexity: O(rows x weights).
    package func values(_ columns: [[Float]], rows: [Int]) -> [Float] {
        values(standardised: standardised(columns, rows: rows), rowCount: rows.count)
    }

    /// v of inputs that are standardised already.
    package func values(standardised: [Float], rowCount: Int) -> [Float] {
        var values = standardised
        var width = inputs.count
        for (index, layer) in layers.enumerated() {
            if index > 0 { for place in values.indices where values[place] < 0 { values[place] = 0 } }
            var next: [Float] = []
            next.reserveCapacity(rowCount * layer.outputs)
            for _ in 0..<rowCount { next += layer.biases }
            espalier_multiply_add_floats(
                &next, layer.outputs, values, width, 1, layer.weights, layer.outputs, rowCount, layer.outputs, width)
            values = next
            width = layer.outputs
        }
        return values
    }

    /// Whether its parts fit together and read some of so many covariates.
    package func isSound(covariateCount: Int) -> Bool {
        var width = inputs.count
        for layer in layers {
            guard layer.weights.count == width * layer.outputs else { return false }
            width = layer.outputs
        }
        return inputs.allSatisfy { (0..<covariateCount).contains($0.covariate) && $0.scale > 0 }
    }
}
