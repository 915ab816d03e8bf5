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
        let experiment = reading.observed
        let left = everyone.unitCount - experiment.unitCount
        let attrition = Attrition(
            assignment: everyone.assignment, seenAssignment: experiment.assignment, armCount: everyone.arms.count)
        let after = try BalanceReport.examine(experiment, workers: workers)
        let apart = zip(after.covariates, before.covariates).filter { $0.differsByArm && !$1.differsByArm }.map(\.0)
        let byArm = attrition.pByArm
        var details = [
            HealthFinding.Detail("left out", Double(left)), HealthFinding.Detail("p by arm", byArm),
        ]
        if let omnibus = after.omnibus {
            details.append(HealthFinding.Detail("p of covariates among those left", omnibus.p))
        }
        let shares = zip(attrition.missingShares, everyone.arms).map { share, arm in
            "\(HealthText.percent(share)) of \(DisplayText.quoted(arm))"
        }.joined(separator: ", ")
        if reading.experiment.attrition?.isWeighted == true { return [weighted(attrition, shares, details)] }
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
                        "keep the covariates, which are balanced among all units; find out why outcomes are missing, and "
                        + "say attrition: weights, which makes every effect one of all units (`check --show attrition` has the "
                        + "averages so weighted, with Lee's bounds)",
                    details: details)
            ]
        }
        guard attrition.differsByArm else {
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
                "a missing outcome takes units out unevenly: \(shares) (p = \(HealthText.p(byArm)))",
                remedy:
                    "find out why, and say attrition: weights; `check --show attrition` has the averages so weighted, with "
                    + "Lee's bounds",
                details: details)
        ]
    }

    /// Where drop-out is weighted for nothing is left that blocks, but for what no data can show.
    private static func weighted(
        _ attrition: Attrition, _ shares: String, _ details: [HealthFinding.Detail]
    ) -> HealthFinding {
        let limited = attrition.limitedCount ?? 0
        return HealthFinding(
            .attrition, attrition.differsByArm ? .warning : .note,
            "effects are of all units and weighted for drop-out (\(shares) lack an outcome), which is right if whether an "
                + "outcome is missing hangs on nothing but arm and covariates"
                + (limited == 0
                    ? "" : "; \(HealthText.count(limited, "outcome")) would have counted more than 50-fold and do not"),
            remedy:
                "find out why outcomes are missing; Lee's bounds in `check --show attrition` hold whatever the reason",
            details: details)
    }
}
