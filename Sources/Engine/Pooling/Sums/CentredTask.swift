import Statistics

/// How far the intercepts of tasks are drawn to those of the pool: a ridge on their distance, which the sums take up by being
/// centred in part.
package struct InterceptShrinkage: Sendable, Equatable {
    /// The ridge, in units; 0 leaves every task its own intercepts.
    package let ridge: Double
    /// By outcome of the pool.
    let centres: [Double]

    /// Drawn to the means of the task means.
    package init(_ sums: PoolSums, ridge: Double) {
        self.ridge = ridge
        var means = [(sum: Double, count: Double)](repeating: (0, 0), count: sums.shape.outcomes.count)
        for (task, own) in sums.tasks.enumerated() where own.count > 0 {
            for (slot, outcome) in sums.shape.outcomes(ofTask: task).enumerated() {
                means[outcome].sum += own.outcomes[slot].sum / Double(own.count)
                means[outcome].count += 1
            }
        }
        centres = means.map { $0.count > 0 ? $0.sum / $0.count : 0 }
    }

    private init(ridge: Double, centres: [Double]) {
        self.ridge = ridge
        self.centres = centres
    }

    /// Drawn to the means of what the tasks' own intercepts would be under coefficients, which vary less than their means.
    /// - Parameter coefficients: by task, then by its outcome, in the coordinates of the tasks.
    func recentring(_ tasks: [CentredTask], coefficients: [[[Double]]]) -> InterceptShrinkage {
        var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: centres.count)
        for (task, own) in zip(tasks, coefficients) {
            for (slot, outcome) in task.outcomes.enumerated() {
                sums[outcome].sum += task.count * task.ownIntercept(slot, coefficients: own[slot])
                sums[outcome].count += task.count
            }
        }
        return InterceptShrinkage(ridge: ridge, centres: sums.map { $0.count > 0 ? $0.sum / $0.count : 0 })
    }
}

/// The sums of a task around its own means, in the coordinates of a map of the features.
struct CentredTask: Sendable {
    let count: Double
    /// Mean of the mapped features.
    let mean: [Double]
    /// G: products of the mapped features around their means.
    let gram: DenseMatrix
    /// Indices of its outcomes among those of the pool.
    let outcomes: [Int]
    /// c_j: products of the mapped features with each outcome, both around their means.
    let cross: [[Double]]
    /// Squares of each outcome around its mean.
    let squares: [Double]
    private let outcomeMeans: [Double]
    /// How much of its own intercept a task keeps, and what takes the place of the rest.
    private let share: Double
    private let centres: [Double]

    /// - Parameter map: features x coordinates; nil leaves the features as they are.
    init(_ sums: TaskSums, outcomes: [Int], map: DenseMatrix? = nil, shrinkage: InterceptShrinkage? = nil) {
        let count = Double(max(1, sums.count))
        let share = count / (count + (shrinkage?.ridge ?? 0))
        let centres = outcomes.map { shrinkage?.centres[$0] ?? 0 }
        let mean = sums.featureSums.map { $0 / count }
        var products = sums.products
        let width = sums.width
        for column in 0..<width {
            let factor = share * sums.featureSums[column]
            for row in 0..<width { products[column * width + row] -= mean[row] * factor }
        }
        let gram = DenseMatrix(rowCount: width, columnCount: width, values: products)
        let means = zip(sums.outcomes, centres).map { $0.sum / count - $1 }
        let cross = sums.outcomes.indices.map { slot in
            sums.outcomes[slot].products.adding(
                sums.featureSums, times: -centres[slot] - share * means[slot])
        }
        self.count = Double(sums.count)
        self.outcomes = outcomes
        self.share = share
        self.centres = centres
        outcomeMeans = means
        squares = sums.outcomes.indices.map { slot in
            let own = sums.outcomes[slot]
            let around = own.squares - 2 * centres[slot] * own.sum + count * centres[slot] * centres[slot]
            return max(0, around - share * count * means[slot] * means[slot])
        }
        if let map {
            self.mean = map.transposedProduct(mean)
            self.gram = map.transposed * (gram * map)
            self.cross = cross.map(map.transposedProduct)
        } else {
            self.mean = mean
            self.gram = gram
            self.cross = cross
        }
    }

    /// The intercept that goes with coefficients.
    func intercept(_ slot: Int, coefficients: [Double]) -> Double {
        centres[slot] + share * (outcomeMeans[slot] - coefficients.dot(mean))
    }

    /// The same of the task alone.
    func ownIntercept(_ slot: Int, coefficients: [Double]) -> Double {
        centres[slot] + outcomeMeans[slot] - coefficients.dot(mean)
    }
}

/// Coordinates in which the features of a pool have unit variances and no correlations within its tasks; directions that do not
/// vary are left out.
struct Whitening: Sendable {
    /// Features x coordinates.
    let map: DenseMatrix

    /// What varies less than this share of the largest direction is rounding.
    private static let tolerance = 1e-8

    init(_ tasks: [CentredTask]) {
        let width = tasks.first?.gram.rowCount ?? 0
        var total = DenseMatrix(rowCount: width, columnCount: width)
        var count = 0.0
        for task in tasks {
            total = total + task.gram
            count += task.count
        }
        let eigen = SymmetricEigen(total.scaled(by: 1 / max(1, count)))
        let smallest = Self.tolerance * (eigen.values.first ?? 0)
        let kept = eigen.values.prefix { $0 > smallest && $0 > 0 }.count
        map = DenseMatrix(
            columns: (0..<kept).map { index in
                let factor = 1 / eigen.values[index].squareRoot()
                return eigen.vectors.column(index).map { $0 * factor }
            }, rowCount: width)
    }
}
