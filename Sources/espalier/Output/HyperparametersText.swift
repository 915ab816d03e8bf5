import Effects
import Experiments

/// A search of a learner's settings: every trial, best first, and in tables what to make of it.
enum HyperparametersText {
    static func text(_ tuning: HyperparameterSearch, _ format: FormatOption.Format) -> String {
        var table = TextTable(
            ["trial", "R-score", "gain", "standard error"] + BoostingSpec.keys, textColumns: [0])
        for trial in tuning.trials {
            let settings = trial.settings.texts
            table.rows.append(
                [
                    trial.number == 0 ? "defaults" : "\(trial.number)", cell(trial.score, format),
                    cell(trial.gain?.value, format), cell(trial.gain?.standardError, format),
                ] + BoostingSpec.keys.map { settings[$0] ?? (format == .csv ? "" : "-") })
        }
        guard format == .table else { return table.text(format) }
        let lines = tuning.specLines.map { "to use it, write into the spec:\n\n" + $0.map { $0 + "\n" }.joined() } ?? ""
        return table.text(format) + "\n" + tuning.sentence + "\n" + lines
    }
}
