import Effects
import Frames
import Policies
import Statistics
import Texts

/// What the learners that give an interval to every unit say of one arm and outcome.
enum IntervalsPane {
    static func draw(
        _ intervals: [UnitIntervals], _ outcome: PolicySpace.Outcome, in rect: Rect, of frame: inout Frame
    ) {
        guard !intervals.isEmpty else {
            let words =
                "none of the learners judged gives intervals to units; R judges dml, hybrid, tree and forest too"
            for (row, line) in TextWidth.wrap(words, to: max(10, rect.width - 2)).enumerated() {
                frame.write(" " + line, in: rect, row: row, style: .secondary)
            }
            return
        }
        let glyphs = frame.glyphs
        let bar = max(9, min(60, rect.width - 60))
        let bounds = [0] + intervals.flatMap(\.quantiles)
        let scale = (bounds.min() ?? 0)...(bounds.max() ?? 0)
        Table(
            columns: [
                Table.Column(" UNITS by", width: .fixed(9)),
                Table.Column("average  95%", width: .flexible(min: 16), align: .right),
                Table.Column("a unit's 95%", width: .fixed(12), align: .right),
                Table.Column("surely +", width: .fixed(8), align: .right),
                Table.Column("surely -", width: .fixed(8), align: .right),
                Table.Column("5% to 95% of units", width: .fixed(bar)),
            ],
            rows: intervals.map { own in
                let verdict = Verdict(
                    low: own.average.interval.low, high: own.average.interval.high, sign: outcome.sign)
                let half = Confidence.halfWidth(of: own.average.standardError)
                return [
                    StyledText(" " + own.learner),
                    StyledText(Wording.signed(own.average.value), verdict.style)
                        + StyledText(" \(glyphs.plusMinus)\(NumberText.significant(half, 2))", .secondary),
                    StyledText(
                        "\(glyphs.plusMinus)\(NumberText.significant(Confidence.halfWidth(of: own.typicalError), 2))",
                        .secondary),
                    StyledText(NumberText.percent(own.above, 0)), StyledText(NumberText.percent(own.below, 0)),
                    IntervalBar(
                        low: own.quantiles.first ?? 0, value: own.quantiles[own.quantiles.count / 2],
                        high: own.quantiles.last ?? 0, scale: scale
                    ).text(width: bar, glyphs: glyphs),
                ]
            }
        ).draw(in: rect, of: &frame)
        let note =
            "average: doubly robust, over the units of both arms; a unit's interval holds for it alone, and forests are biased "
            + "where effects are steep"
        for (row, line) in TextWidth.wrap(note, to: max(10, rect.width - 2)).enumerated() {
            frame.write(" " + line, in: rect, row: intervals.count + 2 + row, style: .secondary)
        }
    }
}
