/// A fitted index of surrogates, as it is applied to units and as its error is carried along.
package struct IndexRule: Sendable, Equatable, Codable {
    /// The columns that it is a function of.
    package let names: [String]
    /// Of the columns in the history: the index of x is intercept + sum of slopes (x - centre).
    package let centres: [Double]
    package let intercept: Double
    package let slopes: [Double]
    /// F, coefficients x parts, the intercept first: F F' is the covariance of the coefficients.
    package let factor: [[Double]]

    package init(names: [String], centres: [Double], intercept: Double, slopes: [Double], factor: [[Double]]) {
        precondition(names.count == centres.count && names.count == slopes.count && factor.count == names.count + 1)
        self.names = names
        self.centres = centres
        self.intercept = intercept
        self.slopes = slopes
        self.factor = factor
    }

    /// The index of units, by their columns in the order of `names`; NaN where one is.
    package func values(_ columns: [[Double]]) -> [Double] {
        precondition(columns.count == names.count)
        var values = [Double](repeating: intercept, count: columns[0].count)
        for (index, column) in columns.enumerated() {
            for row in values.indices { values[row] += slopes[index] * (column[row] - centres[index]) }
        }
        return values
    }

    /// F' g: the independent parts, each of variance 1 before scaling, of what moves with the coefficients by g.
    package func error(_ gradient: [Double]) -> [Double] {
        (0..<(factor.first?.count ?? 0)).map { part in
            gradient.indices.reduce(0.0) { $0 + factor[$1][part] * gradient[$1] }
        }
    }

    /// The error of the index's mean among units whose columns have such means.
    package func error(ofMeans means: [Double]) -> [Double] {
        error([1] + zip(means, centres).map { $0 - $1 })
    }
}
