import Foundation

/// The probability that jointly normal variables are all at least 0.
package enum NormalOrthant {
    /// Points of the quasi-Monte Carlo rule beyond two variables; errors are then around 1e-4.
    private static let samples = 4_096

    /// By closed form for one variable, by quadrature to 1e-12 for two, by the sequential conditioning of Genz (1992) over
    /// quasi-random points for more.
    /// - Parameter covariance: variables x variables; a variable without variance is at its mean.
    package static func probability(means: [Double], covariance: DenseMatrix) -> Double {
        precondition(covariance.rowCount == means.count && covariance.columnCount == means.count)
        let deviations = means.indices.map { max(0, covariance[$0, $0]).squareRoot() }
        let random = means.indices.filter { deviations[$0] > 0 }
        for index in means.indices where deviations[index] == 0 && means[index] < 0 { return 0 }
        // The least likely first: conditioning on it tells most about the others.
        let order = random.sorted { means[$0] / deviations[$0] < means[$1] / deviations[$1] }
        let limits = order.map { -means[$0] / deviations[$0] }
        guard let first = limits.first else { return 1 }
        if limits.count == 1 { return Normal.cumulative(-first) }
        let correlation = DenseMatrix(rowCount: order.count, columnCount: order.count) { i, j in
            i == j ? 1 : covariance[order[i], order[j]] / (deviations[order[i]] * deviations[order[j]])
        }
        if limits.count == 2 { return pair(limits, correlation[0, 1]) }
        return conditioned(limits, factor(correlation))
    }

    /// P(X > a, Y > b) = Φ(-a) Φ(-b) + the integral over the correlation r of the joint density at (a, b), with r = sin t
    /// (Plackett 1954; Drezner & Wesolowsky 1990).
    private static func pair(_ limits: [Double], _ correlation: Double) -> Double {
        let (a, b) = (limits[0], limits[1])
        guard abs(correlation) < 1 - 1e-14 else {
            return correlation > 0
                ? Normal.cumulative(-max(a, b)) : max(0, Normal.cumulative(-a) - Normal.cumulative(b))
        }
        let end = asin(correlation)
        func density(_ angle: Double) -> Double {
            let sine = sin(angle)
            let cosine = max(1e-300, 1 - sine * sine)
            return exp(-(a * a + b * b - 2 * a * b * sine) / (2 * cosine)) / (2 * Double.pi)
        }
        // Simpson's rule; near |r| = 1 the integrand is flat in the angle but for a thin end, which the many steps resolve.
        let steps = 2_000
        let width = end / Double(steps)
        var sum = density(0) + density(end)
        for step in 1..<steps { sum += (step % 2 == 1 ? 4 : 2) * density(Double(step) * width) }
        return min(1, max(0, Normal.cumulative(-a) * Normal.cumulative(-b) + sum * width / 3))
    }

    /// The lower triangle L of C = L L', rows of it; where a variable follows from those before, its own entry is 0.
    private static func factor(_ correlation: DenseMatrix) -> [[Double]] {
        var rows: [[Double]] = []
        for i in 0..<correlation.rowCount {
            var row: [Double] = []
            for j in 0...i {
                var rest = correlation[i, j]
                for k in 0..<j { rest -= row[k] * (j < i ? rows[j][k] : row[k]) }
                if j == i {
                    row.append(max(0, rest).squareRoot())
                } else {
                    row.append(rows[j][j] > 1e-8 ? rest / rows[j][j] : 0)
                }
            }
            rows.append(row)
        }
        return rows
    }

    private static func conditioned(_ limits: [Double], _ rows: [[Double]]) -> Double {
        let dimensions = min(limits.count - 1, SobolSequence.maximumDimensions)
        let sequence = SobolSequence(dimensions: dimensions, seed: 1)
        var sum = 0.0
        var draws = [Double](repeating: 0, count: limits.count)
        for index in 0..<samples {
            let point = sequence.point(index)
            var product = 1.0
            for i in limits.indices {
                var shift = 0.0
                for k in 0..<i { shift += rows[i][k] * draws[k] }
                let own = rows[i][i]
                guard own > 1e-8 else {
                    if shift < limits[i] { product = 0 }
                    continue
                }
                let below = Normal.cumulative((limits[i] - shift) / own)
                product *= 1 - below
                guard product > 0 else { break }
                if i < dimensions {
                    let share = min(max(point[i], 0x1p-33), 1 - 0x1p-33)
                    draws[i] = Normal.quantile(min(below + share * (1 - below), 1 - 1e-16))
                }
            }
            sum += product
        }
        return sum / Double(samples)
    }
}
