import Experiments

/// What the data leave no learner to find, in sentences: constant outcomes, arms too small, covariates without values, and
/// covariates that are the treatment by another name.
package enum EffectNotes {
    /// - Complexity: O(tune units x columns).
    package static func find(_ experiment: Experiment) -> [String] {
        constantOutcomes(experiment) + smallArms(experiment) + emptyCovariates(experiment)
            + separatingCovariates(experiment)
    }

    /// The same as findings of the health report, so that every screen and page that shows it says them.
    package static func findings(_ experiment: Experiment) -> [HealthFinding] {
        find(experiment).map { HealthFinding(.learning, .warning, $0) }
    }

    private static func constantOutcomes(_ experiment: Experiment) -> [String] {
        experiment.outcomes.compactMap { outcome in
            let values = outcome.observed.values[experiment.tune]
            guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
            return "\(outcome.name) is the same for every unit: all effects on it are 0"
        }
    }

    private static func smallArms(_ experiment: Experiment) -> [String] {
        // Of the units outside a fold, which are what its models learn from.
        let enough = BoostedModel.minimumUnits
        let folds = Double(experiment.splitRule.foldCount)
        return experiment.arms.indices.compactMap { arm in
            let count = experiment.tune.count { Int(experiment.assignment[$0]) == arm }
            guard Double(count) * (1 - 1 / folds) < Double(enough) else { return nil }
            let whose = arm == 0 ? "every arm's effect is" : "its effect is"
            return
                "\(experiment.arms[arm]) has only \(count) units to learn from: \(whose) a plain difference, the same "
                + "for everybody"
        }
    }

    private static func emptyCovariates(_ experiment: Experiment) -> [String] {
        let empty = experiment.covariates.filter { covariate in
            experiment.tune.allSatisfy { covariate.values[$0].isNaN }
        }
        if empty.count == experiment.covariates.count {
            return ["no covariate has a value: the effects are the same for everybody"]
        }
        return empty.map { "\($0.name) has no value at all and tells nothing" }
    }

    /// A covariate whose values never occur in both of two arms decides the arm, so no model can separate the two.
    private static func separatingCovariates(_ experiment: Experiment) -> [String] {
        experiment.covariates.compactMap { covariate in
            let (low, high) = (arms(experiment, covariate, min), arms(experiment, covariate, max))
            var separated: [String] = []
            for arm in experiment.arms.indices.dropFirst() {
                guard let a = low[0], let b = high[0], let c = low[arm], let d = high[arm], b < c || d < a else {
                    continue
                }
                separated.append(experiment.arms[arm])
            }
            guard !separated.isEmpty else { return nil }
            return
                "\(covariate.name) alone tells \(separated.joined(separator: " and ")) from \(experiment.arms[0]), as if it "
                + "were the treatment: leave it out"
        }
    }

    private static func arms(
        _ experiment: Experiment, _ covariate: Covariate, _ choose: (Float, Float) -> Float
    ) -> [Float?] {
        var result = [Float?](repeating: nil, count: experiment.arms.count)
        for unit in experiment.tune where !covariate.values[unit].isNaN {
            let arm = Int(experiment.assignment[unit])
            result[arm] = result[arm].map { choose($0, covariate.values[unit]) } ?? covariate.values[unit]
        }
        return result
    }
}
