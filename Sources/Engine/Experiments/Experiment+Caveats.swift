import Foundation
import Texts

extension Experiment {
    /// What every output must repeat beside its numbers: what was accepted, estimated or pulled in, a sentence each without
    /// its full stop.
    package var caveats: [String] {
        (sampled.map { [$0] } ?? []) + (spec.treatment.assignment.isRandomised ? [] : [observational])
            + (otherArms.isEmpty ? [] : [others])
            + (crossoverCount == 0 ? [] : [crossovers])
            + (dropOut.map { [$0] } ?? [])
            + (clusters.map { [$0] } ?? []) + fewEvents + ratios + surrogates
            + (spec.accept ?? []).map(\.sentence)
            + outcomes.compactMap { outcome in
                outcome.winsorizing.map { winsorizing in
                    "\(outcome.name) is winsorised at its \(winsorizing.quantile) quantile: values outside "
                        + "\(HealthText.significant(winsorizing.low)) to \(HealthText.significant(winsorizing.high)) count as "
                        + "these (\(HealthText.count(winsorizing.clippedCount, "unit")))"
                }
            }
    }

    /// Of how many rows in an engine the units are a sample.
    package var sampled: String? {
        guard let population, let sample = spec.sample else { return nil }
        return sample.caveat(units: unitCount, population: population)
    }

    /// What the spec's clusters mean for errors, or what their absence may.
    private var clusters: String? {
        if let runs = units.clusterRuns(in: 0..<unitCount), let column = spec.cluster {
            return
                "units come in \(HealthText.count(runs.count, "cluster")) of \(DisplayText.quoted(column)), which tell as much "
                + "as \(HealthText.count(Int(runs.effectiveCount.rounded()))) of one size: errors are by clusters"
        }
        return likelyCluster.map {
            "units of one \(DisplayText.quoted($0)) may not be independent, and no cluster is named: every interval may be too "
                + "narrow"
        }
    }

    private var fewEvents: [String] { FewEvents.examine(self).map(\.sentence) }

    /// Outcomes that stand for others.
    private var surrogates: [String] {
        outcomes.compactMap { outcome in
            guard let rule = outcome.indexError?.rule,
                case .surrogate(let surrogate)? = spec.outcomes.first(where: { $0.name == outcome.name })?.source
            else { return nil }
            return "\(outcome.name) is an index of \(HealthText.names(rule.names)) by "
                + "\(DisplayText.quoted(surrogate.history)): its effects are those of the long-term outcome if the index carries "
                + "all that arms do to it, which no check proves; intervals of averages, groups and policies hold the error of "
                + "its coefficients"
        }
    }

    /// Ratios whose denominators the arms change.
    private var ratios: [String] {
        outcomes.compactMap { outcome in
            guard let denominators = outcome.denominators else { return nil }
            let largest = denominators.byArm.max { abs($0 - 1) < abs($1 - 1) } ?? 1
            guard abs(largest - 1) > MetricUnitCheck.tolerance, let arm = denominators.byArm.firstIndex(of: largest)
            else { return nil }
            return "\(outcome.name) is linearised, and \(DisplayText.quoted(arms[arm])) has "
                + "\(String(format: "%.2f", largest)) times control's denominator: its effect is not the ratio's own change"
        }
    }

    /// Outcomes that are missing: weighted for, or left out although they are missing in some arms more than in others.
    private var dropOut: String? {
        guard let attrition, attrition.isWeighted || attrition.differsByArm else { return nil }
        let shares = zip(attrition.missingShares, arms).map { share, arm in
            "\(HealthText.percent(share)) of \(DisplayText.quoted(arm))"
        }.joined(separator: ", ")
        guard let limited = attrition.limitedCount else {
            return "drop-out differs by arm: \(shares) lack an outcome and are left out, so the arms may no longer be "
                + "alike; attrition: weights weights for it"
        }
        return "weighted for drop-out (\(shares) lack an outcome): effects are of all units, if whether an outcome is "
            + "missing hangs on nothing but arm and covariates"
            + (limited == 0 ? "" : "; \(HealthText.count(limited, "outcome")) would have counted more than 50-fold")
    }

    private var others: String {
        let count = otherArms.reduce(0) { $0 + $1.count }
        return "\(HealthText.count(count, "unit")) of other arms (\(HealthText.names(otherArms.map(\.name)))) "
            + "\(count == 1 ? "is" : "are") left out"
    }

    private var crossovers: String {
        "\(HealthText.count(crossoverCount, "unit")) seen in several arms \(crossoverCount == 1 ? "is" : "are") left out"
    }

    private var observational: String {
        "the arms were not randomised: propensities are estimated from \(HealthText.count(covariates.count, "covariate")), and "
            + "effects are causal only if these hold every common cause of arm and outcome"
            + (trimmedCount > 0
                ? "; \(HealthText.count(trimmedCount, "unit")) without overlap \(trimmedCount == 1 ? "is" : "are") left out"
                : "")
    }
}
