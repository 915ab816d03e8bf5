import Runtime
import Statistics
import Texts

/// Whether units that are left out for a missing outcome are missing alike in all arms and among all covariates. It is asked
/// before anything is said of covariates: drop-out that depends on arm and covariate makes balanced arms unlike.
enum AttritionCheck {
    /// - Parameter before: the balance of all units, those left out included.
    /// - Returns: nothing where no unit is left out, or the arms were not randomised.
    static func examine(
        _ reading: ExperimentReading, _ before: BalanceReport, workers: Workers
    ) throws -> [HealthFinding] {
        guard let everyone = reading.everyone else { return [] }
        let experiment = reading.experiment
        let left = everyone.unitCount - experiment.unitCount
        let after = try BalanceReport.examine(experiment, workers: workers)
        let apart = zip(after.covariates, before.covariates).filter { $0.differsByArm && !$1.differsByArm }.map(\.0)
        let arm = byArm(everyone, experiment)
        var details = [HealthFinding.Detail("left out", Double(left))]
        if let arm { details.append(HealthFinding.Detail("p by arm", arm.p)) }
        if let omnibus = after.omnibus {
            details.append(HealthFinding.Detail("p of covariates among those left", omnibus.p))
        }
        let shares = everyone.arms.indices.map { index in
            "\(HealthText.percent(arm?.shares[index] ?? 0)) of \(DisplayText.quoted(everyone.arms[index]))"
        }.joined(separator: ", ")
        // What already differed among all units says nothing of drop-out.
        let wasEven = before.omnibus.map { $0.p >= BalanceReport.alarm } ?? true
        let isUneven = after.omnibus.map { $0.p < BalanceReport.alarm } ?? false
        if !apart.isEmpty || wasEven && isUneven {
            let which =
                apart.isEmpty ? "the covariates together" : HealthText.names(apart.map(\.name))
            let verb = apart.count == 1 ? "tells" : "tell"
            return [
                HealthFinding(
                    .attrition, .blocking,
                    "drop-out is the likely cause of arms that are unlike: \(which) \(verb) the arms apart among the units "
                        + "that are left, not among all (\(shares) lack an outcome)",
                    remedy:
                        "keep the covariates, which are balanced among all units; find out why outcomes are missing, and read "
                        + "the averages weighted by the chance of being observed, with Lee's bounds, in `check --show attrition`",
                    details: details)
            ]
        }
        guard let arm, arm.p < BalanceReport.alarm else {
            return [
                HealthFinding(
                    .attrition, .ok,
                    "whether a unit is left out for a missing outcome depends neither on the arm nor, differently by arm, on a "
                        + "covariate (\(shares))", details: details)
            ]
        }
        return [
            HealthFinding(
                .attrition, .warning,
                "a missing outcome takes units out unevenly: \(shares) (p = \(HealthText.p(arm.p)))",
                remedy: "find out why; `check --show attrition` has weighted averages and Lee's bounds",
                details: details)
        ]
    }

    /// Pearson's chi-square test of left out or not by arm; the p is 1 where too few are.
    private static func byArm(
        _ everyone: Experiment, _ experiment: Experiment
    ) -> (shares: [Double], p: Double)? {
        func counts(_ assignment: [UInt8]) -> [Double] {
            assignment.reduce(into: [Double](repeating: 0, count: everyone.arms.count)) { $0[Int($1)] += 1 }
        }
        let (all, kept) = (counts(everyone.assignment), counts(experiment.assignment))
        let missing = zip(all, kept).map { $0 - $1 }
        let rate = missing.reduce(0, +) / max(1, all.reduce(0, +))
        let shares = zip(missing, all).map { $0 / max(1, $1) }
        var statistic = 0.0
        for (count, total) in zip(missing, all) {
            let (expected, rest) = (rate * total, (1 - rate) * total)
            guard expected >= 5, rest >= 5 else { return (shares, 1) }
            statistic += (count - expected) * (count - expected) * (1 / expected + 1 / rest)
        }
        return (shares, ChiSquare.survival(statistic, degreesOfFreedom: Double(all.count - 1)))
    }
}
