import Statistics

/// Features less their mean, over their standard deviation; a constant feature becomes 0.
package struct FeatureScaling: Sendable, Equatable {
    package let means: [Double]
    /// 1 / standard deviation, 0 for constants.
    package let factors: [Double]

    package init(_ features: DenseMatrix) {
        let count = Double(max(1, features.rowCount))
        var means: [Double] = []
        var factors: [Double] = []
        features.values.withUnsafeBufferPointer { values in
            for column in 0..<features.columnCount {
                let entries = values[column * features.rowCount..<(column + 1) * features.rowCount]
                let mean = entries.reduce(0, +) / count
                let variance = entries.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
                means.append(mean)
                factors.append(variance > 1e-24 * mean * mean && variance > 0 ? 1 / variance.squareRoot() : 0)
            }
        }
        self.means = means
        self.factors = factors
    }

    package func applied(to features: DenseMatrix) -> DenseMatrix {
        precondition(features.columnCount == means.count)
        var scaled = features.values
        scaled.withUnsafeMutableBufferPointer { scaled in
            for column in 0..<features.columnCount {
                let (mean, factor) = (means[column], factors[column])
                for index in column * features.rowCount..<(column + 1) * features.rowCount {
                    scaled[index] = (scaled[index] - mean) * factor
                }
            }
        }
        return DenseMatrix(rowCount: features.rowCount, columnCount: features.columnCount, values: scaled)
    }
}
