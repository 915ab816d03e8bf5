import Effects
import Experiments
import Texts

/// Average effects where units were left out for a missing outcome, as a table, CSV or JSON.
enum AttritionText {
    struct Row: Encodable {
        let outcome: String
        let arm: String
        let observedOfControl: Double
        let observedOfArm: Double
        /// Weighted by the inverse chance of being observed, over all units.
        let effect: Double
        let standardError: Double
        let low: Double
        let high: Double
        /// Lee's bounds; null where propensities differ by unit.
        let lee: LeeBounds?
    }

    static func rows(_ effects: [AttritionEffect], _ experiment: Experiment) -> [Row] {
        effects.map { own in
            Row(
                outcome: experiment.outcomes[own.outcome].name, arm: experiment.arms[own.arm],
                observedOfControl: own.observed[0], observedOfArm: own.observed[1], effect: own.weighted.effect,
                standardError: own.weighted.standardError, low: own.weighted.low, high: own.weighted.high,
                lee: own.lee)
        }
    }

    static func text(
        _ effects: [AttritionEffect], _ experiment: Experiment, _ format: FormatOption.Format
    ) -> String {
        var table = TextTable(
            [
                "outcome", "arm", "observed of control", "of the arm", "effect", "SE", "low", "high", "Lee low",
                "Lee high",
            ], textColumns: [0, 1])
        table.rows = rows(effects, experiment).map { row in
            [row.outcome, row.arm]
                + [
                    row.observedOfControl, row.observedOfArm, row.effect, row.standardError, row.low, row.high,
                    row.lee?.low, row.lee?.high,
                ].map { cell($0, format) }
        }
        guard format == .table else { return table.text(format) }
        guard !effects.isEmpty else { return "no unit is left out for a missing outcome\n" }
        return table.text(format)
            + "\neffect: over all units, weighted by the inverse chance of being observed given arm and covariates and adjusted "
            + "by the outcome's model; Lee's bounds: of units observed in either arm, whatever drop-out hangs on, if an arm moves "
            + "it one way only\n" + Caveats.text(experiment.caveats)
    }
}
