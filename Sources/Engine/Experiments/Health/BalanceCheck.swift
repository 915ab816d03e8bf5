import Foundation
import Texts

/// What the balance of the covariates says about the randomisation.
enum BalanceCheck {
    /// A standardised difference that observational comparisons are usually held to (Austin 2009).
    private static let tolerable = 0.1

    static func examine(_ balance: BalanceReport, _ experiment: Experiment) -> [HealthFinding] {
        experiment.spec.treatment.assignment.isRandomised
            ? [omnibus(balance)] + afterExposure(balance) : [weighted(balance)]
    }

    private static func omnibus(_ balance: BalanceReport) -> HealthFinding {
        let largest = balance.covariates.max { $0.largest < $1.largest }
        let worst =
            largest.map {
                "the largest standardised difference is \(HealthText.number($0.largest)), of \(DisplayText.quoted($0.name))"
            } ?? ""
        guard let test = balance.omnibus else {
            return HealthFinding(
                .balance, .note, "balance was not tested: no covariate varies among enough units", remedy: nil)
        }
        let flagged = balance.covariates.count(where: \.differsByArm)
        let facts =
            "chi-square \(String(format: "%.1f", test.statistic)) with \(test.degreesOfFreedom) degrees of freedom, "
            + "p = \(HealthText.p(test.p))"
        let details = [
            HealthFinding.Detail("chiSquare", test.statistic),
            HealthFinding.Detail("degreesOfFreedom", Double(test.degreesOfFreedom)), HealthFinding.Detail("p", test.p),
            HealthFinding.Detail("units", Double(test.unitCount)),
            HealthFinding.Detail("largestDifference", largest?.largest ?? 0),
        ]
        let which = flagged > 0 ? "the other covariates together" : "the covariates together"
        guard test.p < BalanceReport.alarm else {
            return HealthFinding(
                .balance, .ok, "\(which) do not tell the arms apart (\(facts)); \(worst)", details: details)
        }
        return HealthFinding(
            .balance, .blocking, "\(which) tell the arms apart (\(facts)); \(worst)",
            remedy: "find out how the arms were given: they are not independent of what was known before",
            details: details)
    }

    private static func afterExposure(_ balance: BalanceReport) -> [HealthFinding] {
        let differing = balance.covariates.filter(\.differsByArm)
        guard !differing.isEmpty else {
            let tested = balance.covariates.count { $0.test != nil }
            return [
                HealthFinding(
                    .afterExposure, .ok,
                    "no covariate looks measured after exposure: none of \(HealthText.count(tested)) differs by arm "
                        + "(Holm p >= \(BalanceReport.alarm))")
            ]
        }
        return differing.map { covariate in
            HealthFinding(
                .afterExposure, .blocking,
                "the covariate \(DisplayText.quoted(covariate.name)) differs by arm (largest standardised difference "
                    + "\(HealthText.number(covariate.largest)), Holm p = \(HealthText.p(covariate.adjustedP ?? 0))), "
                    + "so it was probably measured after exposure",
                remedy: "remove it from covariates, or take its value from before exposure",
                details: [
                    HealthFinding.Detail("largestDifference", covariate.largest),
                    HealthFinding.Detail("p", covariate.adjustedP ?? 0),
                ], subject: covariate.name)
        }
    }

    private static func weighted(_ balance: BalanceReport) -> HealthFinding {
        let apart = balance.covariates.filter { $0.largest > tolerable }
        let largest = balance.covariates.max { $0.largest < $1.largest }
        let details = [HealthFinding.Detail("largestDifference", largest?.largest ?? 0)]
        guard let largest, !apart.isEmpty else {
            return HealthFinding(
                .balance, .ok,
                "weighted by the estimated propensities, no covariate differs by more than \(tolerable) standard deviations "
                    + "between arms", details: details)
        }
        return HealthFinding(
            .balance, .warning,
            "even weighted by the estimated propensities \(HealthText.names(apart.map(\.name))) "
                + "\(apart.count == 1 ? "differs" : "differ") between arms by more than \(tolerable) standard deviations "
                + "(at most \(HealthText.number(largest.largest)))",
            remedy: "trim more, or read the effects as a comparison of unlike units", details: details)
    }
}
