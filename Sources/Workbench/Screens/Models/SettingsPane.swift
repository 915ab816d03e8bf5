import Effects
import Experiments
import Frames
import Texts

/// The settings of the study's learner that were tried, best first, and what to write into the spec.
enum SettingsPane {
    static func draw(_ tuning: HyperparameterSearch?, in rect: Rect, of frame: inout Frame) {
        guard let tuning else {
            let words =
                "no settings were tried yet: t tries \(HyperparameterSearch.usualTrials) beside the defaults, at random from a seed, "
                + "and judges them by R-score"
            for (row, line) in TextWidth.wrap(words, to: max(10, rect.width - 2)).enumerated() {
                frame.write(" " + line, in: rect, row: row, style: .secondary)
            }
            return
        }
        let lines = tuning.specLines ?? []
        let (upper, lower) = rect.splitBottom(min(lines.count + 1, rect.height / 2))
        table(tuning, in: upper, of: &frame)
        frame.write(
            lines.isEmpty ? " \(tuning.sentence)" : " to use the best, write into the spec and fit again:", in: lower,
            row: 0, style: .accent)
        for (row, line) in lines.enumerated() { frame.write("   " + line, in: lower, row: row + 1) }
    }

    private static func table(_ tuning: HyperparameterSearch, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let keys = ["depth", "learningRate", "lambda", "minimumChildWeight", "subsample", "columnSample"]
        let titles = ["depth", "rate", "lambda", "leaf", "rows", "cols"]
        Table(
            columns: [
                Table.Column(" \(tuning.learner.uppercased())", width: .flexible(min: 9)),
                Table.Column("R-score %", width: .fixed(9), align: .right),
                Table.Column("gain %", width: .fixed(13), align: .right),
            ] + titles.map { Table.Column($0, width: .fixed(7), align: .right) },
            rows: tuning.trials.map { trial in
                let gain = trial.gain
                let isSure = gain.map { $0.interval.low > 0 } ?? false
                let text =
                    gain.map { gain in
                        StyledText(NumberText.signed(100 * gain.value, 2), isSure ? .good : .text)
                            + StyledText(
                                " \(glyphs.plusMinus)\(NumberText.fixed(100 * gain.halfWidth, 2))", .secondary)
                    } ?? StyledText("-", .secondary)
                return [
                    StyledText(trial.number == 0 ? " defaults" : " trial \(trial.number)"),
                    StyledText(NumberText.signed(100 * trial.score, 2)), text,
                ] + keys.map { StyledText(trial.settings.texts[$0] ?? "-", .secondary) }
            }
        ).draw(in: rect, of: &frame)
    }
}
