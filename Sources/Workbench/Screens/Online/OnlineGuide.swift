import Frames
import Online
import Statistics
import Texts

/// What the screen is for, before any round was read: the steps of an online test with their keys, and what is planned.
enum OnlineGuide {
    private static let steps: [(key: String, name: String, short: String, long: String)] = [
        (
            "p", "plan", "picks beside control and the best single arm",
            "The plan is a file: `espalier assign PLAN UNITS` gives every unit its policy and its arm, for good."
        ),
        (
            "r", "read", "who is best, and what the log was worth",
            "A row a unit (unit, policy, outcomes), or a row a policy and outcome (n, mean, variance)."
        ),
        (
            "n", "next", "the policies of the next round, or a stop",
            "Every policy is evaluated on all rows of all rounds; two or three rounds go a long way."
        ),
        (
            "l", "launch", "one policy for all but a holdout",
            "The policy's file holds what it promised, so that it can be held to it."
        ),
        (
            "w", "watch", "day by day: a loss, drift, whether to refit",
            "Intervals of all days hold together: look as often as you like."
        ),
    ]

    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        if let awaited = OnlineRows.awaited(state) { return planned(awaited, in: rect, of: &frame) }
        let inner = Rect(x: rect.x + 2, y: rect.y, width: rect.width - 4, height: rect.height)
        frame.write(StyledText("DO USERS DO WHAT THE LOG PROMISED?", .title), in: inner, row: 0)
        let intro = TextWidth.wrap(
            "An online test of the picked policies says: each runs for a share of new users, beside control.",
            to: min(100, inner.width))
        for (row, words) in intro.enumerated() { frame.write(words, in: inner, row: 1 + row, style: .secondary) }
        var row = intro.count + 2
        let hasLong = inner.height >= row + 3 * steps.count
        let first = state.decisions.picked.isEmpty ? nil : steps.first?.key
        for step in steps {
            let isFirst = step.key == first
            frame.write(
                StyledText(step.key, .key) + StyledText("  ")
                    + StyledText(step.name, isFirst ? .focus.bold : .text).padded(to: 8) + StyledText(step.short),
                in: inner, row: row)
            row += 1
            guard hasLong else { continue }
            frame.write(StyledText("           ") + StyledText(step.long, .secondary), in: inner, row: row)
            row += 2
        }
    }

    /// The plan whose results are awaited: its policies, and what its users can tell apart.
    private static func planned(_ planned: OnlineRows.Planned, in rect: Rect, of frame: inout Frame) {
        let plan = planned.plan
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)
        frame.write(
            StyledText("PLAN \(planned.number)", .title)
                + StyledText(
                    "  \(plan.policies.count) policies, \(NumberText.grouped(plan.unitCount)) units"
                        + (plan.slice > 0 ? ", \(NumberText.percent(plan.slice, 0)) at random" : "")),
            in: inner, row: 0)
        let sentences = PlanSizes.sentences(plan)
        let lines =
            TextWidth.wrap("\(planned.path); `espalier assign` gives its units their policies", to: inner.width)
            .prefix(2)
        for (row, line) in lines.enumerated() { frame.write(line, in: inner, row: 1 + row, style: .secondary) }
        let (table, below) = Rect(
            x: rect.x, y: rect.y + 1 + lines.count, width: rect.width, height: rect.height - 1 - lines.count
        ).splitTop(plan.policies.count + 1)
        let logged = plan.outcomes.filter(\.isInLog)
        FigureTable(
            title: "POLICY", names: plan.policies.map { StyledText($0.name) },
            columns: [
                FigureTable.Column(
                    title: "share", rank: 0, cells: plan.policies.map { StyledText(NumberText.percent($0.share, 1)) })
            ]
                + logged.enumerated().map { index, outcome in
                    let promises = plan.policies.map { entry in
                        entry.offline.first { $0.outcome == outcome.name }.map {
                            Estimate(value: $0.value, standardError: $0.standardError)
                        }
                    }
                    let figures = OnlineFigures(promises, frame.glyphs)
                    return FigureTable.Column(
                        title: "\(outcome.name), log", rank: 1 + index, cells: promises.map { figures.plain($0) })
                }, focus: nil
        ).draw(in: table, marks: false, of: &frame)
        let words = sentences.flatMap { TextWidth.wrap($0, to: max(10, rect.width - 2)) }
        for (row, line) in words.prefix(max(0, below.height - 1)).enumerated() {
            frame.write(" " + line, in: below, row: row + 1, style: .secondary)
        }
    }
}
