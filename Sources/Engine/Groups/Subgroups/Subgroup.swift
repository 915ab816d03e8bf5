import Experiments

/// Units that meet all of some conditions, each on another covariate.
package struct Subgroup: Sendable, Equatable, Codable {
    package let conditions: [Condition]

    package init(_ conditions: [Condition]) { self.conditions = conditions }

    package func text(_ covariates: [Covariate]) -> String {
        conditions.isEmpty ? "all units" : conditions.map { $0.text(covariates) }.joined(separator: " and ")
    }

    /// Whether each of the units belongs.
    /// - Complexity: O(units x conditions).
    package func members(_ experiment: Experiment, units: Range<Int>) -> [Bool] {
        var members = [Bool](repeating: true, count: units.count)
        for condition in conditions {
            let values = experiment.covariates[condition.covariate].values
            for (place, unit) in units.enumerated() where members[place] {
                members[place] = condition.holds(values[unit])
            }
        }
        return members
    }
}
