import Frames
import Online
import Policies
import Statistics
import Texts

/// Every outcome of one policy: promised, online, and its limit.
enum OnlineOutcomeTable {
    static func draw(_ policy: OnlinePolicy, outcome j: Int, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        // Outcomes have units of their own, and digits of their own.
        func figures(_ outcome: OnlinePolicy.Outcome) -> OnlineFigures {
            OnlineFigures([outcome.difference ?? outcome.level], glyphs)
        }
        typealias Column = FigureTable.Column
        var columns = [
            Column(
                title: "online", rank: 0,
                cells: policy.outcomes.map { outcome in
                    if let level = outcome.level { return figures(outcome).plain(level, isSigned: false) }
                    return figures(outcome).difference(outcome.difference, sign: outcome.sign)
                }),
            Column(
                title: "", rank: 1,
                cells: policy.outcomes.map { outcome in
                    outcome.difference.map { Verdict($0, sign: outcome.sign).mark(glyphs) } ?? StyledText(" ")
                }, isLeft: true),
        ]
        if policy.outcomes.contains(where: { $0.promise != nil }) {
            columns.insert(
                Column(title: "log", rank: 3, cells: policy.outcomes.map { figures($0).plain($0.promise) }), at: 0)
        }
        if policy.outcomes.contains(where: { $0.limit != nil }) {
            columns.append(
                Column(title: "lim", rank: 2, cells: policy.outcomes.map { limit($0, glyphs) }, isLeft: true))
        }
        FigureTable(
            title: policy.name,
            names: policy.outcomes.enumerated().map { index, outcome in
                StyledText(
                    "\(outcome.name) \(outcome.sign > 0 ? glyphs.higher : glyphs.lower)",
                    index == j ? .accent.bold : .text)
            }, columns: columns, focus: nil, shown: j
        ).draw(in: rect, marks: false, of: &frame)
    }

    private static func limit(_ outcome: OnlinePolicy.Outcome, _ glyphs: GlyphSet) -> StyledText {
        guard let limit = outcome.limit else { return StyledText("") }
        let bound =
            limit.isRelative
            ? NumberText.percent(limit.bound, 0, signed: true) : NumberText.significant(limit.bound, 2)
        let mark = outcome.verdict.map { Limits.mark($0).text(glyphs) } ?? StyledText(" ")
        return mark + StyledText(" " + bound, .limit)
    }
}
