import Effects
import Experiments

/// The average effects of an experiment with every adjustment beside the plain difference, on tune.
struct EffectRows {
    struct Row: Encodable {
        let outcome: String
        let arm: String
        /// "plain", "cuped" or "regression".
        let method: String
        let control: Double
        let effect: Double
        let standardError: Double
        let low: Double
        let high: Double
        /// Of the plain difference's variance; null for the plain one.
        let varianceRatio: Double?
        /// Where the arms were not randomised.
        let sensitivity: ConfoundingSensitivity?

        private enum CodingKeys: String, CodingKey {
            case outcome, arm, method, control, effect, standardError, low, high, varianceRatio, sensitivity
        }
    }

    let rows: [Row]
    let adjusted: [AdjustedEffect]

    init(_ experiment: Experiment, plain: [AverageEffect], adjusted: [AdjustedEffect]) {
        self.adjusted = adjusted
        let sensitivities =
            experiment.spec.treatment.assignment.isRandomised
            ? [] : ConfoundingSensitivity.estimate(plain, adjusted: adjusted, experiment)
        rows = experiment.outcomes.indices.flatMap { j in
            plain.filter { $0.outcome == j }.flatMap { average -> [Row] in
                func row(_ method: String, _ difference: MeanDifference, ratio: Double?) -> Row {
                    Row(
                        outcome: experiment.outcomes[j].name, arm: experiment.arms[average.arm], method: method,
                        control: average.controlMean, effect: difference.effect,
                        standardError: difference.standardError, low: difference.low, high: difference.high,
                        varianceRatio: ratio,
                        sensitivity: sensitivities.first { $0.arm == average.arm && $0.outcome == j })
                }
                return [row("plain", average.difference, ratio: nil)]
                    + adjusted.filter { $0.arm == average.arm && $0.outcome == j }.map {
                        row($0.method.rawValue, $0.difference, ratio: $0.varianceRatio)
                    }
            }
        }
    }

    func text(_ format: FormatOption.Format) -> String {
        let isSensitive = rows.contains { $0.sensitivity != nil }
        var table = TextTable(
            ["outcome", "arm", "method", "control", "effect", "SE", "low", "high", "variance ratio"]
                + (isSensitive ? ["E-value", "of limit", "robustness", "of limit"] : []), textColumns: [0, 1, 2])
        table.rows = rows.map { row in
            [row.outcome, row.arm, row.method]
                + [row.control, row.effect, row.standardError, row.low, row.high].map { cell($0, format) }
                + [cell(row.varianceRatio, format)]
                + (isSensitive
                    ? [
                        row.sensitivity?.eValue, row.sensitivity?.eValueOfLimit, row.sensitivity?.robustness,
                        row.sensitivity?.robustnessOfLimit,
                    ].map { cell($0, format) } : [])
        }
        return table.text(format)
    }
}
