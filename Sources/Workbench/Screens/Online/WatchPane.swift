import Frames
import Online
import Statistics
import Texts

/// A launched policy against its holdout: the confidence sequence over the days, every outcome, what has drifted, and whether to fit
/// anew.
enum WatchPane {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let watched = OnlineRows.watched(state) else { return waiting(state, in: rect, of: &frame) }
        let j = OnlineRows.outcome(state)
        let outcome = watched.reading.backtest.outcomes[j]
        let (left, right) = OnlineScreen.halves(rect, left: OnlineScreen.leftWidth(rect), of: &frame)
        SequencePlot.draw(outcome, days: watched.launch?.days, in: left, of: &frame)
        let reading = watched.reading
        var head = StyledText(" day \(reading.day)", .title)
        head += StyledText("  \(NumberText.grouped(reading.units)) units")
        head += StyledText("  \(NumberText.grouped(reading.holdout)) held out", .secondary)
        frame.write(head, in: right, row: 0)
        let count = reading.backtest.outcomes.count
        let body = right.inset(top: 1)
        let (table, below) = body.splitTop(min(count + 1, max(3, body.height - 6, body.height / 2)))
        outcomes(reading, focus: j, in: table, of: &frame)
        guard below.height > 1 else { return }
        frame.horizontalRule(y: below.y, from: right.x - 1, to: right.maxX - 1, style: .border)
        warnings(reading, in: below.inset(top: 1), of: &frame)
        frame.apply(state.results.isStale(.watched) ? .dimmed : [], in: rect)
    }

    private static func waiting(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let launch = state.decisions.online?.launch
        let lines =
            launch.map { launch in
                [
                    "\(OnlineRows.names([launch.candidate])) is launched, "
                        + "\(NumberText.percent(launch.holdout, 1)) held out, in \(launch.path)",
                    "w reads its log: a row for each unit so far, with unit, day, arm and the outcomes, and the covariates if "
                        + "drift is to be told",
                ]
            } ?? ["nothing is launched: l launches the focused policy of a round, W watches one by its file"]
        let words = lines.flatMap { TextWidth.wrap($0, to: max(10, rect.width - 2)) }
        for (row, line) in words.enumerated() {
            frame.write(" " + line, in: rect, row: row, style: row == 0 ? .text : .secondary)
        }
    }

    private static func outcomes(_ reading: MonitorReading, focus: Int, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let outcomes = reading.backtest.outcomes
        func estimate(_ outcome: Backtest.Outcome) -> Estimate {
            Estimate(
                value: outcome.last.value, standardError: nil, low: outcome.last.low, high: outcome.last.high)
        }
        typealias Column = FigureTable.Column
        FigureTable(
            title: "OUTCOME",
            names: outcomes.map { StyledText("\($0.name) \($0.sign > 0 ? glyphs.higher : glyphs.lower)") },
            columns: [
                Column(
                    title: "less holdout", rank: 0,
                    cells: outcomes.map { outcome in
                        OnlineFigures([estimate(outcome)], glyphs).difference(estimate(outcome), sign: outcome.sign)
                    }),
                Column(
                    title: "", rank: 1,
                    cells: outcomes.map { Verdict(estimate($0), sign: $0.sign).mark(glyphs) }, isLeft: true),
                Column(
                    title: "alarm", rank: 2,
                    cells: outcomes.map { outcome in
                        outcome.alarmDay.map { StyledText("day \($0)", .bad.bold) }
                            ?? StyledText(outcome.last.isJudged ? "no" : "too few", .secondary)
                    }, isLeft: true),
                Column(
                    title: "a loss of", rank: 4, cells: outcomes.map { StyledText(Wording.number($0.loss), .secondary) }
                ),
                Column(
                    title: "is seen by", rank: 3,
                    cells: outcomes.map { outcome in
                        StyledText(outcome.daysNeeded.map { "day \(NumberText.grouped($0))" } ?? "never", .secondary)
                    }),
            ], focus: focus
        ).draw(in: rect, marks: true, of: &frame)
    }

    /// What has changed most, and whether a refit would do better, which keeps the last lines.
    private static func warnings(_ reading: MonitorReading, in rect: Rect, of frame: inout Frame) {
        let refit = reading.retrain.z.map { ", z \(NumberText.signed($0, 2))" } ?? ""
        let words = TextWidth.wrap(reading.retrain.verdict + refit, to: max(10, rect.width - 8))
        let (list, foot) = rect.splitBottom(min(words.count, rect.height > 4 ? 2 : 1))
        frame.write(" REFIT", in: foot, style: .title)
        for (row, line) in words.prefix(foot.height).enumerated() {
            frame.write(line, x: foot.x + 7, y: foot.y + row, in: foot)
        }
        let drift = reading.drift.sorted { $0.p < $1.p }
        let count = drift.count(where: \.isWarning)
        FigureTable(
            title: "DRIFT",
            names: drift.map { StyledText($0.kind == .arms ? "arms" : $0.name, $0.isWarning ? .warning : .text) },
            columns: [
                FigureTable.Column(
                    title: "\(count) of \(drift.count) warn", rank: 2,
                    cells: drift.map { StyledText($0.kind.rawValue, .secondary) }, isLeft: true),
                FigureTable.Column(
                    title: "size", rank: 1, cells: drift.map { StyledText(Wording.signedShort($0.size)) }),
                FigureTable.Column(
                    title: "p", rank: 0,
                    cells: drift.map { drift in
                        StyledText(NumberText.probability(drift.p), drift.isWarning ? .warning : .secondary)
                            + StyledText(drift.isWarning ? " !" : "  ", .warning.bold)
                    }),
            ], focus: nil
        ).draw(in: list, marks: false, of: &frame)
    }
}
