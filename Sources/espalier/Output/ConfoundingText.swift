import Simulation
import Texts

/// What rankers and sensitivity figures say under an unmeasured confounder, beside what is true.
enum ConfoundingText {
    static func table(_ trials: [ConfoundedTrial], _ format: FormatOption.Format) -> String {
        var table = TextTable(
            [
                "strength", "ranker", "area", "true area", "covers", "value of 30%", "true value", "covers",
            ],
            columns: [
                "strength", "ranker", "area", "true_area", "area_coverage", "value", "true_value", "value_coverage",
            ], textColumns: [1])
        func cell(_ value: Double?, _ digits: Int = 3) -> String {
            value.map { format == .csv ? "\($0)" : NumberText.significant($0, digits) } ?? (format == .csv ? "" : "-")
        }
        table.rows = trials.flatMap { trial in
            trial.rows.map { row in
                [
                    cell(trial.strength), row.name, cell(row.area), cell(row.trueArea), cell(row.areaCoverage, 2),
                    cell(row.value), cell(row.trueValue), cell(row.valueCoverage, 2),
                ]
            }
        }
        return table.text(format)
    }

    /// The sensitivity figures of every strength, one line each, and what they come to.
    static func sensitivities(_ trials: [ConfoundedTrial]) -> String {
        func number(_ value: Double) -> String { NumberText.significant(value, 2) }
        let lines = trials.map { trial in
            let own = trial.sensitivity
            return "strength \(number(trial.strength)): the average effect on the value is said to be "
                + "\(number(own.effect)) where \(number(own.trueEffect)) is true; robustness \(number(own.robustness)) (of the "
                + "limit \(number(own.robustnessOfLimit))), E-value \(number(own.eValue)); the confounder explains "
                + "\(number(trial.confounder.arm)) of the arm and \(number(trial.confounder.value)) of the value"
        }
        return lines.joined(separator: "\n") + "\n" + finding(trials) + "\n"
    }

    /// From which strength on intervals miss the truth, and whether the robustness value would have warned.
    static func finding(_ trials: [ConfoundedTrial]) -> String {
        func missing(_ trial: ConfoundedTrial) -> Bool {
            trial.rows.compactMap(\.valueCoverage).contains { $0 < 0.8 }
        }
        guard let first = trials.sorted(by: { $0.strength < $1.strength }).first(where: missing) else {
            return
                "at no strength tried do 95% intervals of a ranker's value miss the truth in more than a fifth of experiments"
        }
        let own = first.sensitivity
        let reached = (first.confounder.arm * first.confounder.value).squareRoot()
        let place = NumberText.significant(first.strength, 2)
        let warned =
            reached >= own.robustness
            ? "and the robustness value says that it could explain the effect away"
            : "while the robustness value says that only a stronger one could explain the effect away: it guards the sign of an "
                + "effect, not its size nor the order of units"
        return
            "from strength \(place) on 95% intervals of a ranker's value miss the truth in more than a fifth of experiments, "
            + warned
    }
}
