import Texts

/// Overlap: whether every unit could have had every arm, often enough that weights of 1/e stay bounded.
enum OverlapCheck {
    private static let smallPropensity = 0.01

    static func examine(_ experiment: Experiment) -> HealthFinding {
        var smallest = (value: Double.infinity, arm: 0)
        for arm in experiment.arms.indices {
            let value: Double
            switch experiment.propensity {
            case .shares(let shares): value = shares[arm]
            case .columns(let columns): value = columns[arm].reduce(.infinity) { min($0, Double($1)) }
            }
            if value < smallest.value { smallest = (value, arm) }
        }
        let details = [HealthFinding.Detail("smallestPropensity", smallest.value)]
        let sentence =
            "the smallest probability of any arm is \(HealthText.percent(smallest.value)), of "
            + DisplayText.quoted(experiment.arms[smallest.arm])
        guard smallest.value < smallPropensity else {
            return HealthFinding(.overlap, .ok, sentence, details: details)
        }
        return HealthFinding(
            .overlap, .warning, sentence + ", so a few units weigh heavily in every estimate",
            remedy: "look at the effective sample size beside each estimate", details: details)
    }
}
