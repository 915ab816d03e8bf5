import Statistics

/// Columns of a regression: each feature and, with knots, its excess over each of them: an additive, piecewise linear function.
struct HingeBasis: Sendable {
    let featureCount: Int
    /// Ascending, by feature.
    let knots: [[Double]]

    var columnCount: Int { featureCount + knots.reduce(0) { $0 + $1.count } }

    /// The features alone.
    init(linear featureCount: Int) {
        self.featureCount = featureCount
        knots = [[Double]](repeating: [], count: featureCount)
    }

    /// - Parameter knotCount: per feature, at evenly spaced quantiles; a feature of few values gets fewer.
    init(_ features: DenseMatrix, knotCount: Int) {
        featureCount = features.columnCount
        knots = (0..<features.columnCount).map { column in
            // Quantiles of some thousands of units are as good as those of millions.
            let step = max(1, features.rowCount / 4_096)
            let start = column * features.rowCount
            let sorted = stride(from: start, to: start + features.rowCount, by: step).map { features.values[$0] }
                .sorted()
            guard let lowest = sorted.first, let highest = sorted.last else { return [] }
            let quantiles = (1...knotCount).map { sorted[$0 * (sorted.count - 1) / (knotCount + 1)] }
            return Set(quantiles).filter { $0 > lowest && $0 < highest }.sorted()
        }
    }

    /// Writes the columns of some rows, one after the other, each `rows.count` long.
    func write(_ features: UnsafeBufferPointer<Double>, stride: Int, rows: Range<Int>, to columns: inout [Double]) {
        columns.withUnsafeMutableBufferPointer { columns in
            var place = 0
            for feature in 0..<featureCount {
                let start = feature * stride
                for row in rows {
                    columns[place] = features[start + row]
                    place += 1
                }
                for knot in knots[feature] {
                    for row in rows {
                        columns[place] = max(0, features[start + row] - knot)
                        place += 1
                    }
                }
            }
        }
    }
}
