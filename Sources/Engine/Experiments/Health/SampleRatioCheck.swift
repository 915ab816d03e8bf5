import Foundation
import Statistics
import Texts

/// Sample-ratio mismatch: whether the arms have the units that their probabilities say (METHODS section 7).
enum SampleRatioCheck {
    /// The p-value below which the ratio is taken for broken.
    static let alarm = 0.001

    /// - Parameter counts: of all units by arm, where those of the experiment are a sample.
    static func examine(_ experiment: Experiment, counts: [Double]? = nil) -> HealthFinding {
        guard experiment.spec.treatment.assignment.isRandomised else {
            return HealthFinding(
                .sampleRatio, .note,
                "the arms' counts were not tested: the arms were not randomised by known probabilities")
        }
        guard experiment.spec.treatment.planIsUnknown != true else {
            return HealthFinding(
                .sampleRatio, .note, "the arms' counts were not tested: the shares were taken from them",
                remedy: "declare treatment.shares as they were planned and remove plan: unknown")
        }
        let randomised = experiment.randomisedUnits
        var observed = Array(repeating: 0.0, count: experiment.arms.count)
        for unit in randomised { observed[Int(experiment.assignment[unit])] += 1 }
        observed = counts ?? observed
        let (expected, covariance) = plan(experiment, randomised, units: observed.reduce(0, +))
        let statistic = quadraticForm(zip(observed, expected).map { $0 - $1 }.dropLast(), covariance)
        let p = ChiSquare.survival(statistic, degreesOfFreedom: Double(experiment.arms.count - 1))
        var details = [HealthFinding.Detail("chiSquare", statistic), HealthFinding.Detail("p", p)]
        for (arm, name) in experiment.arms.enumerated() {
            details.append(HealthFinding.Detail("observed \(name)", observed[arm]))
            details.append(HealthFinding.Detail("expected \(name)", expected[arm]))
        }
        let against: String
        switch experiment.spec.treatment.assignment {
        case .equalShares: against = "equal shares, none being declared"
        case .shares: against = "the planned shares"
        case .propensities, .estimated: against = "the sums of the propensities"
        }
        let facts = "chi-square \(String(format: "%.2f", statistic)), p = \(HealthText.p(p))"
        guard p < alarm || !p.isFinite else {
            let isAssumed = experiment.spec.treatment.assignment == .equalShares
            return HealthFinding(
                .sampleRatio, isAssumed ? .note : .ok, "the arms' counts agree with \(against) (\(facts))",
                remedy: isAssumed ? "declare treatment.shares as they were planned" : nil, details: details)
        }
        let what = randomised.count < experiment.unitCount ? "clusters" : "units"
        let worst = zip(observed, expected).map { abs($0 - $1) / $1.squareRoot() }
        let arm = worst.indices.max { worst[$0] < worst[$1] } ?? 0
        let remedy: String
        if case .equalShares = experiment.spec.treatment.assignment {
            remedy =
                "declare treatment.shares if the plan was not equal shares; if it was, units were lost or added unequally"
        } else {
            remedy = "find out why units were lost or added unequally before trusting any effect"
        }
        return HealthFinding(
            .sampleRatio, .blocking,
            "sample ratio mismatch against \(against): \(DisplayText.quoted(experiment.arms[arm])) has "
                + "\(HealthText.count(Int(observed[arm]))) \(what) where \(HealthText.count(Int(expected[arm].rounded()))) "
                + "were expected (\(facts))",
            remedy: remedy, details: details)
    }

    /// Expected counts, and the covariance of all counts but the last: sum over units of diag(e) - e e'.
    private static func plan(_ experiment: Experiment, _ randomised: [Int], units: Double) -> (
        expected: [Double], covariance: [[Double]]
    ) {
        let arms = experiment.arms.count
        var expected = Array(repeating: 0.0, count: arms)
        var products = Array(repeating: Array(repeating: 0.0, count: arms), count: arms)
        switch experiment.propensity {
        case .shares(let shares):
            for i in 0..<arms {
                expected[i] = units * shares[i]
                for j in 0..<arms { products[i][j] = units * shares[i] * shares[j] }
            }
        case .columns(let columns):
            for i in 0..<arms {
                for unit in randomised { expected[i] += Double(columns[i][unit]) }
                for j in 0...i {
                    var sum = 0.0
                    for unit in randomised { sum += Double(columns[i][unit]) * Double(columns[j][unit]) }
                    products[i][j] = sum
                    products[j][i] = sum
                }
            }
        }
        let covariance = (0..<arms - 1).map { i in
            (0..<arms - 1).map { j in (i == j ? expected[i] : 0) - products[i][j] }
        }
        return (expected, covariance)
    }

    /// d' V^-1 d by Cholesky; V is positive definite because every propensity is inside (0, 1).
    private static func quadraticForm(_ difference: some Collection<Double>, _ covariance: [[Double]]) -> Double {
        var factor = covariance
        var solved: [Double] = []
        for (i, value) in difference.enumerated() {
            for j in 0...i {
                var sum = covariance[i][j]
                for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
                factor[i][j] = i == j ? sum.squareRoot() : sum / factor[j][j]
            }
            var rest = value
            for k in 0..<i { rest -= factor[i][k] * solved[k] }
            solved.append(rest / factor[i][i])
        }
        return solved.reduce(0) { $0 + $1 * $1 }
    }
}
