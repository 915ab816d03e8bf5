import Frames
import Online
import Policies
import Statistics
import Texts

/// One row a policy: the outcome looked at with its interval, limits, and how likely it is the best.
enum OnlinePolicyTable {
    /// - Parameter isJoint: whether the intervals of all policies and outcomes hold together.
    static func draw(
        _ policies: [OnlinePolicy], outcome j: Int, focus: Int, isJoint: Bool, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let outcomes = policies.map { $0.outcomes.indices.contains(j) ? $0.outcomes[j] : nil }
        let online = OnlineFigures(outcomes.map { $0?.difference }, glyphs)
        let offline = OnlineFigures(outcomes.map { $0?.promise }, glyphs)
        typealias Column = FigureTable.Column
        var columns: [Column] = []
        func add(_ title: String, rank: Int, isLeft: Bool = false, _ cells: [StyledText]) {
            columns.append(Column(title: title, rank: rank, cells: cells, isLeft: isLeft))
        }
        if policies.contains(where: { $0.users != nil }) {
            add("users", rank: 5, policies.map { StyledText($0.users.map(NumberText.grouped) ?? "-", .secondary) })
        }
        if outcomes.contains(where: { $0?.promise != nil }) {
            add("log, 95%", rank: 4, outcomes.map { offline.plain($0?.promise) })
        }
        add(
            isJoint ? "online, max-t" : "online, 95%", rank: 0,
            outcomes.map { outcome in
                if let level = outcome?.level { return online.plain(level, isSigned: false) }
                return online.difference(outcome?.difference, sign: outcome?.sign ?? 1)
            })
        add(
            "", rank: 1, isLeft: true,
            outcomes.map { outcome in
                outcome?.difference.map { Verdict($0, sign: outcome?.sign ?? 1).mark(glyphs) } ?? StyledText(" ")
            })
        if policies.contains(where: { $0.limits != nil }) {
            add("lim", rank: 2, isLeft: true, policies.map { limits($0, glyphs) })
        }
        if policies.contains(where: { $0.probabilityBest != nil }) {
            add(
                rect.width < 60 ? "best" : "P(best)", rank: 3,
                policies.map { policy in
                    StyledText(policy.probabilityBest.map { NumberText.percent($0, 0) } ?? "-")
                })
        }
        if policies.contains(where: { ($0.modelShare ?? 0) > 0 }) {
            add("unseen", rank: 3, policies.map { StyledText(NumberText.percent($0.modelShare ?? 0, 0), .secondary) })
        }
        FigureTable(
            title: "POLICY",
            names: policies.map { policy in
                let isOut = !policy.dominatedBy.isEmpty
                return StyledText(policy.name + (isOut ? " \(glyphs.cross)" : ""), isOut ? .secondary : .text)
            }, columns: columns, bars: bars(outcomes), focus: focus
        ).draw(in: rect, marks: true, of: &frame)
    }

    /// The worst verdict on the limits, with how many there are of it where there are more.
    static func limits(_ policy: OnlinePolicy, _ glyphs: GlyphSet) -> StyledText {
        guard let (verdict, count) = policy.limits else { return StyledText(" ") }
        return Limits.mark(verdict).text(glyphs)
            + StyledText(verdict != .inside && count > 1 ? "\(count)" : "", .secondary)
    }

    static func bars(_ outcomes: [OnlinePolicy.Outcome?]) -> [IntervalBar?] {
        let intervals = outcomes.map { $0?.difference?.interval }
        let ends = intervals.compactMap { $0 }.flatMap { [$0.low, $0.high] }
        guard !ends.isEmpty else { return [] }
        let scale = PlotAxis.range(of: ends + [0])
        return outcomes.map { outcome in
            guard let difference = outcome?.difference, let interval = difference.interval else { return nil }
            return IntervalBar(
                low: interval.low, value: difference.value, high: interval.high, scale: scale,
                style: Verdict(difference, sign: outcome?.sign ?? 1) == .unsure ? .bar : style(difference, outcome))
        }
    }

    private static func style(_ difference: Estimate, _ outcome: OnlinePolicy.Outcome?) -> Style {
        Verdict(difference, sign: outcome?.sign ?? 1).style
    }
}
