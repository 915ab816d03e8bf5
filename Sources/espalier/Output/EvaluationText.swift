import Policies
import Texts

/// An evaluation as a table or CSV: one row per outcome.
enum EvaluationText {
    static func text(_ evaluation: PolicyEvaluation, _ space: PolicySpace, _ format: FormatOption.Format) -> String {
        var table = TextTable(
            [
                "outcome", "control", "value", "SE", "difference", "SE", "low", "high", "relative", "low", "high",
                "vs best arm", "SE", "limit",
            ], textColumns: [0, 13])
        table.rows = evaluation.outcomes.map { outcome in
            let numbers: [Double?] = [
                outcome.control, outcome.value, outcome.standardError, outcome.difference?.value,
                outcome.difference?.standardError, outcome.difference?.low, outcome.difference?.high,
                outcome.relative?.value, outcome.relative?.low, outcome.relative?.high, outcome.againstBestArm?.value,
                outcome.againstBestArm?.standardError,
            ]
            return [outcome.name] + numbers.map { cell($0, format) } + [outcome.limit?.rawValue ?? ""]
        }
        let body = table.text(format)
        guard format == .table else { return body }
        let shares = space.arms.map { arm in
            "\(arm) \(NumberText.string((evaluation.shares[arm] ?? 0), .percent(1)))"
        }
        return body
            + "\n\(evaluation.estimator) on \(evaluation.split.rawValue): \(evaluation.units) units, "
            + "effective sample \(Int(evaluation.effectiveSampleSize.rounded()))\n"
            + (evaluation.restsOnEnough
                ? ""
                : "so few units had what this policy gives that its intervals are too narrow; no limit counts as kept\n")
            + "who gets what: \(shares.joined(separator: ", "))\n"
            + "best single arm inside the limits by its estimates: \(evaluation.bestArm)\n"
    }

    /// The intervals of the differences that hold for all outcomes at once.
    static func jointly(_ family: PolicyFamily, _ space: PolicySpace) -> String {
        guard space.outcomeCount > 1 else { return "" }
        let parts = space.outcomes.indices.map { j in
            let own = family.difference(policy: 0, outcome: j)
            return space.outcomes[j].name
                + " \(cell(own.simultaneousLow, .table)) to \(cell(own.simultaneousHigh, .table))"
        }
        return
            "all \(space.outcomeCount) differences at once (max-t, \(NumberText.fixed(family.intervals.critical, 2)) SE): "
            + parts.joined(separator: ", ") + "\n"
    }
}
