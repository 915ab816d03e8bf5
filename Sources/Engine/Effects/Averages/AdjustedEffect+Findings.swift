import Experiments
import Foundation

extension AdjustedEffect {
    /// What adjustment gains, a finding for each outcome that has one.
    package static func findings(_ adjusted: [AdjustedEffect], _ experiment: Experiment) -> [HealthFinding] {
        let findings = experiment.outcomes.enumerated().compactMap { index, outcome -> HealthFinding? in
            let ratios = Method.allCases.compactMap { method -> (Method, Double)? in
                let own = adjusted.filter { $0.outcome == index && $0.method == method }.map(\.varianceRatio)
                return own.isEmpty ? nil : (method, own.reduce(0, +) / Double(own.count))
            }
            guard let best = ratios.min(by: { $0.1 < $1.1 }) else { return nil }
            func text(_ ratio: (Method, Double)) -> String {
                "\(ratio.0 == .cuped ? "its value before exposure" : "the covariates") \(String(format: "%.3f", ratio.1))"
            }
            let gain = best.1 > 0 ? 1 / best.1 - 1 : 0
            return HealthFinding(
                .varianceReduction, .ok,
                "of the variance of the effect on \(outcome.name), adjusting by "
                    + ratios.map(text).joined(separator: ", by ") + " is left"
                    + (gain > 0.01
                        ? String(format: ": as good as %.0f%% more units", 100 * gain) : ": nothing is gained"),
                details: ratios.map { HealthFinding.Detail("variance ratio \($0.0.rawValue) \(outcome.name)", $0.1) })
        }
        guard findings.isEmpty else { return findings }
        return [
            HealthFinding(
                .varianceReduction, .note,
                "the effects are not adjusted: no covariate and no value before exposure varies among enough units",
                remedy: "name each outcome's value before exposure as preperiod")
        ]
    }
}
