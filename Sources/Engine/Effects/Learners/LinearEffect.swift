/// An effect that is linear in the features: intercept + sum over terms of coefficient * value, in double precision and
/// rounded to single at the end.
package struct LinearEffect: Sendable, Equatable, Codable {
    /// One regressor.
    package struct Term: Sendable, Equatable, Codable {
        /// Index of the feature.
        package let feature: Int
        /// The value is (feature - centre), 0 where the feature is missing; nil: the value is 1 where the feature is
        /// missing and 0 elsewhere.
        package let centre: Double?
        /// Per unit of the feature.
        package let coefficient: Double

        func value(_ feature: Float) -> Double {
            guard let centre else { return feature.isNaN ? 1 : 0 }
            return feature.isNaN ? 0 : Double(feature) - centre
        }
    }

    package let intercept: Double
    package let terms: [Term]
    /// Robust covariance of intercept and coefficients, column after column; nil in exported policies.
    package let covariance: [Double]?

    package init(intercept: Double, terms: [Term], covariance: [Double]?) {
        self.intercept = intercept
        self.terms = terms
        self.covariance = covariance
    }

    var withoutCovariance: LinearEffect { LinearEffect(intercept: intercept, terms: terms, covariance: nil) }

    func predict(_ rows: ScoredRows) -> [Float] {
        rows.units.indices.map { row in
            var sum = intercept
            for term in terms { sum += term.coefficient * term.value(rows.features[row * rows.width + term.feature]) }
            return Float(sum)
        }
    }

    /// sqrt(z' V z) of each row.
    func standardErrors(_ rows: ScoredRows) -> [Float]? {
        guard let covariance else { return nil }
        let size = terms.count + 1
        return rows.units.indices.map { row in
            let z = [1] + terms.map { $0.value(rows.features[row * rows.width + $0.feature]) }
            var variance = 0.0
            for j in 0..<size where z[j] != 0 {
                for k in 0..<size { variance += z[j] * z[k] * covariance[j * size + k] }
            }
            return Float(max(0, variance).squareRoot())
        }
    }
}
