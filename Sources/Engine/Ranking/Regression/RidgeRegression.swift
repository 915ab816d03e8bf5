import Statistics

/// Least squares with a penalty on the coefficients of standardised columns, from sums alone; the constant is free.
enum RidgeRegression {
    /// Penalties tried, in units: what so many observations of a coefficient of 0 would say.
    static let penalties = [0, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000.0]

    /// The coefficients, constant first, of each target.
    static func solve(_ sums: RidgeSums, penalty: Double) -> [[Double]] {
        let width = sums.width
        let weight = sums.gram[0]
        guard weight > 0, sums.units > 0 else {
            return [[Double]](repeating: [Double](repeating: 0, count: width), count: sums.targetCount)
        }
        let means = (0..<width).map { sums.gram[$0] / weight }
        func centred(_ row: Int, _ column: Int) -> Double {
            sums.gram[min(row, column) * width + max(row, column)] - weight * means[row] * means[column]
        }
        // Columns that do not vary among these units keep a coefficient of 0.
        let kept = (1..<width).filter { centred($0, $0) > 1e-10 * sums.gram[$0 * width + $0] }
        let scales = kept.map { (centred($0, $0) / weight).squareRoot() }
        // A floor keeps collinear columns solvable; it is far below what any penalty does.
        let ridge = weight / sums.units * penalty + 1e-9 * weight
        let matrix = DenseMatrix(rowCount: kept.count, columnCount: kept.count) { row, column in
            centred(kept[row], kept[column]) / (scales[row] * scales[column]) + (row == column ? ridge : 0)
        }
        let factor = Cholesky(matrix)
        return (0..<sums.targetCount).map { target in
            let cross = target * width
            let mean = sums.cross[cross] / weight
            let right = zip(kept, scales).map { (sums.cross[cross + $0] - weight * means[$0] * mean) / $1 }
            let solution = factor?.solve(right) ?? [Double](repeating: 0, count: kept.count)
            var coefficients = [Double](repeating: 0, count: width)
            coefficients[0] = mean
            for (index, column) in kept.enumerated() {
                coefficients[column] = solution[index] / scales[index]
                coefficients[0] -= coefficients[column] * means[column]
            }
            return coefficients
        }
    }

    /// The penalty of each target with the least squared error on folds that were not fitted; ties go to the larger one.
    static func penalties(of folds: [RidgeSums]) -> [Double] {
        let total = folds.dropFirst().reduce(folds[0], +)
        var best = [(error: Double, penalty: Double)](repeating: (.infinity, 0), count: total.targetCount)
        for penalty in penalties {
            var errors = [Double](repeating: 0, count: total.targetCount)
            for fold in folds {
                let fits = solve(total - fold, penalty: penalty)
                for target in errors.indices { errors[target] += fold.squaredError(fits[target], target: target) }
            }
            for target in errors.indices where errors[target] <= best[target].error {
                best[target] = (errors[target], penalty)
            }
        }
        return best.map(\.penalty)
    }

    /// The fit of each target on all units, at the penalty that cross-validation chooses for it.
    static func choose(_ folds: [RidgeSums]) -> [[Double]] {
        let total = folds.dropFirst().reduce(folds[0], +)
        return penalties(of: folds).enumerated().map { solve(total, penalty: $0.element)[$0.offset] }
    }
}

extension RidgeSums {
    /// The weighted sum of squared errors of a fit on these units.
    func squaredError(_ coefficients: [Double], target: Int) -> Double {
        var error = squares[target * targetCount + target]
        for row in 0..<width {
            error -= 2 * coefficients[row] * cross[target * width + row]
            for column in 0..<width {
                error += coefficients[row] * coefficients[column] * gram[min(row, column) * width + max(row, column)]
            }
        }
        return error
    }
}

extension HingeBasis {
    /// Values of a fitted function, one per row.
    func evaluate(_ coefficients: [Double], _ features: DenseMatrix) -> [Double] {
        var values = [Double](repeating: coefficients[0], count: features.rowCount)
        features.values.withUnsafeBufferPointer { entries in
            values.withUnsafeMutableBufferPointer { values in
                var place = 1
                for feature in 0..<featureCount {
                    let start = feature * features.rowCount
                    for row in values.indices { values[row] += coefficients[place] * entries[start + row] }
                    place += 1
                    for knot in knots[feature] {
                        let slope = coefficients[place]
                        for row in values.indices { values[row] += slope * max(0, entries[start + row] - knot) }
                        place += 1
                    }
                }
            }
        }
        return values
    }
}
