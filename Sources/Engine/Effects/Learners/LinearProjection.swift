import Experiments
import Statistics

/// The linear projection of an arm's effect on the covariates, with 95% intervals: double machine learning over all tune
/// units, each residual by the models of the unit's own fold. In the outcome's unit, per unit of the covariate; the average is
/// net of arm costs.
package struct LinearProjection: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        /// "average" (the effect at the covariates' means), a covariate, "covariate = level" or "covariate missing".
        package let name: String
        package let estimate: Double
        package let standardError: Double
        package let low: Double
        package let high: Double
    }

    package let rows: [Row]

    /// - Parameters:
    ///   - data: of this experiment.
    ///   - nuisances: of these data.
    /// - Returns: nil where an arm has too few units or the terms cannot be separated.
    /// - Complexity: O(units x features²).
    package static func estimate(
        _ experiment: Experiment, data: TrainingData, nuisances: Nuisances, _ contrast: ContrastIndex
    ) -> LinearProjection? {
        let encoding = nuisances.models.encoding
        let units = data.training.filter { data.assignment[$0] == 0 || Int(data.assignment[$0]) == contrast.arm }
        let treatedCount = units.count { data.assignment[$0] != 0 }
        guard min(treatedCount, units.count - treatedCount) >= BoostedModel.minimumUnits else { return nil }
        let means = nuisances.outcomeMeans(data, contrast)
        let observed = data.outcomes[contrast.outcome]
        var (treatment, residuals): ([Double], [Double]) = ([], [])
        for unit in units {
            treatment.append((data.assignment[unit] == 0 ? 0 : 1) - data.share(ofArm: contrast.arm, unit: unit))
            residuals.append(Double(observed.values[unit]) - Double(means[unit]))
        }
        let features = encoding.matrix(data.columns, rows: units)
        let basis = LinearBasis(
            features: features, width: encoding.width, skipping: encoding.categories, factors: treatment)
        guard
            let effect = LinearEffect.fit(
                basis, features: features, width: encoding.width, treatment: treatment, outcome: residuals),
            let covariance = effect.covariance
        else { return nil }
        let size = effect.terms.count + 1
        let cost = experiment.outcomes[contrast.outcome].addedCost(ofArm: contrast.arm)
        let names = ["average"] + effect.terms.map { Self.name($0, encoding) }
        let values = [effect.intercept] + effect.terms.map(\.coefficient)
        return LinearProjection(
            rows: (0..<size).map { index in
                let estimate = observed.scale * values[index] - (index == 0 ? cost : 0)
                let error = observed.scale * max(0, covariance[index * size + index]).squareRoot()
                return Row(
                    name: names[index], estimate: estimate, standardError: error,
                    low: estimate - Confidence.critical * error, high: estimate + Confidence.critical * error)
            })
    }

    private static func name(_ term: LinearEffect.Term, _ encoding: FeatureEncoding) -> String {
        let feature = encoding.features[term.feature]
        guard term.centre != nil else { return "\(feature.covariate) missing" }
        return feature.level.map { "\(feature.covariate) = \($0)" } ?? feature.covariate
    }
}
