import CKernels
import Statistics

/// What a linear model of one arm of one experiment needs of its units: counts and sums of products, from one pass over them.
///
/// Units are added in blocks and blocks in their order, so that the sums depend on neither threads nor block sizes that
/// others chose; features are standardised beforehand, so that centring loses no digits.
package struct TaskSums: Sendable {
    /// Sums of one outcome.
    struct OutcomeSums: Sendable {
        /// X'y.
        var products: [Double]
        /// 1'y.
        var sum = 0.0
        /// y'y.
        var squares = 0.0
    }

    package let width: Int
    package private(set) var count = 0
    /// X'1.
    private(set) var featureSums: [Double]
    /// X'X, all of it.
    private(set) var products: [Double]
    /// One per outcome of the experiment.
    private(set) var outcomes: [OutcomeSums]

    package init(width: Int, outcomeCount: Int) {
        self.width = width
        featureSums = [Double](repeating: 0, count: width)
        products = [Double](repeating: 0, count: width * width)
        outcomes = (0..<outcomeCount).map { _ in OutcomeSums(products: [Double](repeating: 0, count: width)) }
    }

    /// Adds units.
    /// - Parameters:
    ///   - features: row-major, units x width.
    ///   - values: one column per outcome.
    /// - Complexity: O(units x width²).
    package mutating func add(features: [Double], values: [[Double]]) {
        let rows = width > 0 ? features.count / width : values.first?.count ?? 0
        precondition(features.count == rows * width && values.allSatisfy { $0.count == rows })
        precondition(values.count == outcomes.count)
        count += rows
        espalier_multiply_add_doubles(&products, width, features, 1, width, features, width, width, width, rows)
        let ones = [Double](repeating: 1, count: rows)
        espalier_multiply_add_doubles(&featureSums, width, ones, rows, 1, features, width, 1, width, rows)
        for (index, column) in values.enumerated() {
            espalier_multiply_add_doubles(
                &outcomes[index].products, width, column, rows, 1, features, width, 1, width, rows)
            for value in column {
                outcomes[index].sum += value
                outcomes[index].squares += value * value
            }
        }
    }

    /// Both samples together.
    package func merging(_ other: TaskSums) -> TaskSums {
        precondition(other.width == width && other.outcomes.count == outcomes.count)
        var merged = self
        merged.count += other.count
        merged.featureSums = featureSums.adding(other.featureSums, times: 1)
        merged.products = products.adding(other.products, times: 1)
        for index in outcomes.indices {
            merged.outcomes[index].products = outcomes[index].products.adding(
                other.outcomes[index].products, times: 1)
            merged.outcomes[index].sum += other.outcomes[index].sum
            merged.outcomes[index].squares += other.outcomes[index].squares
        }
        return merged
    }

    /// The sum of squared errors of intercept + x'coefficients on these units.
    func squaredError(_ outcome: Int, intercept: Double, coefficients: [Double]) -> Double {
        let own = outcomes[outcome]
        let fitted = DenseMatrix(rowCount: width, columnCount: width, values: products) * coefficients
        let cross = coefficients.dot(own.products)
        let level = coefficients.dot(featureSums)
        let squares = own.squares - 2 * cross + coefficients.dot(fitted)
        return squares - 2 * intercept * (own.sum - level) + Double(count) * intercept * intercept
    }
}
