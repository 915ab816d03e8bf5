import Statistics

/// Joint posterior samples of one function at some base places, and from them, for each sample, what the function is at any
/// other place: the heart of noisy expected improvement.
struct SampledPosterior: Sendable {
    private let fit: ProcessFit
    /// Which of the functions it is, by their prior means.
    private let function: Int
    private var base: [KnownPlace] = []
    /// Inverse covariance of the observations times their covariances with each base place: a column per base place.
    private var pulls: [[Double]] = []
    /// Rows of the Cholesky factor of the base places' posterior covariance, standardised.
    private var factor: [[Double]] = []
    /// Standard normal draws, one list over all samples per base place.
    private var draws: [[Double]] = []
    /// The function at each base place, one list over all samples, in the values' unit.
    private(set) var values: [[Double]] = []

    private static let leastVariance = 1e-10

    /// - Parameter draws: standard normal draws for each base place, over all samples.
    init(_ fit: ProcessFit, function: Int, base: [KnownPlace], draws: [[Double]]) {
        self.fit = fit
        self.function = function
        for (place, own) in zip(base, draws) { add(place, draws: own) }
    }

    /// Adds a base place: its function value is drawn given those of the earlier ones.
    private mutating func add(_ place: KnownPlace, draws own: [Double]) {
        let given = conditional(place, samples: own.count)
        let deviation = given.variance.squareRoot()
        var column = given.means
        for sample in column.indices { column[sample] += fit.scale * deviation * own[sample] }
        values.append(column)
        pulls.append(fit.process.inverse * fit.process.covariances(place.place, features: place.features))
        factor.append(given.row + [deviation])
        base.append(place)
        draws.append(own)
    }

    /// The function at a place given its values at the base places.
    struct Conditional {
        /// Per sample, in the values' unit.
        var means: [Double]
        /// Around those means, the same in all samples, standardised.
        let variance: Double
        let row: [Double]
    }

    /// - Complexity: O(n² + n b + b² + S b) for n observations, b base places, S samples.
    func conditional(_ place: KnownPlace, samples: Int) -> Conditional {
        let process = fit.process
        let near = process.covariances(place.place, features: place.features)
        let pulled = process.inverse * near
        var mean = process.mean
        var explained = 0.0
        for index in near.indices {
            mean += near[index] * process.weights[index]
            explained += near[index] * pulled[index]
        }
        var row: [Double] = []
        row.reserveCapacity(base.count + 1)
        var rest = process.priorVariance(place.features) - explained
        for j in base.indices {
            var entry = process.covariance(place, base[j])
            let pull = pulls[j]
            for index in near.indices { entry -= near[index] * pull[index] }
            for k in 0..<j { entry -= row[k] * factor[j][k] }
            entry /= factor[j][j]
            row.append(entry)
            rest -= entry * entry
        }
        var means = [Double](repeating: place.mean(function) + fit.centre + fit.scale * mean, count: samples)
        for j in base.indices {
            let weight = fit.scale * row[j]
            let column = draws[j]
            for sample in means.indices { means[sample] += weight * column[sample] }
        }
        return Conditional(means: means, variance: max(Self.leastVariance, rest), row: row)
    }

    /// Standard deviation of a conditional, in the values' unit.
    func deviation(_ conditional: Conditional) -> Double { fit.scale * conditional.variance.squareRoot() }
}
