import Frames
import Online
import Studies
import Texts

extension OnlineScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.facts.workspace != nil else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        guard OnlineRows.review(state) != nil else {
            Screens.waiting("what the study holds of an online test is being read", state, in: rect, of: &frame)
            return
        }
        RoundStrip.draw(state, in: rect, of: &frame)
        frame.horizontalRule(y: rect.y + 1, from: rect.x, to: rect.maxX - 1, style: .border)
        let words = OnlineAdvice.verdict(state).map { TextWidth.wrap($0, to: max(10, rect.width - 2)) } ?? []
        let verdict = min(words.count, rect.height < 16 ? 2 : 3)
        let (main, below) = rect.inset(top: 2).splitBottom(verdict > 0 ? verdict + 1 : 0)
        if verdict > 0 {
            frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
            for (row, line) in fitted(words, verdict, frame.glyphs).enumerated() {
                frame.write(" " + line, in: below, row: row + 1, style: verdictStyle(state))
            }
        }
        switch state.online.pane {
        case .round: drawRound(state, in: main, of: &frame)
        case .next: drawProposal(state, in: main, of: &frame)
        case .monitor: WatchPane.draw(state, in: main, of: &frame)
        }
    }

    /// The first lines, the last of them with an ellipsis where there are more.
    private static func fitted(_ words: [String], _ count: Int, _ glyphs: GlyphSet) -> [String] {
        guard words.count > count, let last = words.prefix(count).last else { return words }
        return words.prefix(count - 1) + [last + " \(glyphs.ellipsis)"]
    }

    private static func verdictStyle(_ state: WorkbenchState) -> Style {
        switch state.online.pane {
        case .round:
            guard let round = OnlineRows.shown(state), OnlineRows.counts(round, state) else { return .secondary }
            return round.reading.sampleRatioP < RoundReading.sampleRatioAlarm ? .bad.bold : .accent
        case .next: return .accent
        case .monitor: return OnlineRows.watched(state)?.reading.isAlarm == true ? .bad.bold : .accent
        }
    }

    /// The two halves of a pane, with a rule between them.
    static func halves(_ rect: Rect, left: Int, of frame: inout Frame) -> (left: Rect, right: Rect) {
        let (first, second) = rect.splitLeft(left)
        frame.verticalRule(x: second.x, from: rect.y - 1, to: rect.maxY, style: .border)
        return (first, Rect(x: second.x + 1, y: second.y, width: second.width - 1, height: second.height))
    }

    static func leftWidth(_ rect: Rect) -> Int {
        rect.width < 72 ? rect.width * 2 / 5 : min(110, rect.width * 9 / 20)
    }

    private static func drawRound(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let round = OnlineRows.shown(state) else { return OnlineGuide.draw(state, in: rect, of: &frame) }
        let policies = OnlinePolicy.all(of: round)
        let (focus, j) = (min(state.online.row, policies.count - 1), OnlineRows.outcome(state))
        let (left, right) = halves(rect, left: leftWidth(rect), of: &frame)
        PromisePlot.draw(policies, outcome: j, line: round.reading.lines[j], focus: focus, in: left, of: &frame)
        // What offline was worth in all outcomes stands below where everything above it has room.
        let needed = policies.count + policies[focus].outcomes.count + 4
        let lines = round.reading.lines.count + 2
        let (tables, foot) = right.splitTop(right.height >= needed + lines ? needed : right.height)
        drawTables(policies, state, focus: focus, heads: sampleRatio(round), in: tables, of: &frame)
        if foot.height > 1 {
            frame.horizontalRule(y: foot.y, from: right.x - 1, to: right.maxX - 1, style: .border)
            LineTable.draw(round.reading.lines, outcome: j, in: foot.inset(top: 1), of: &frame)
        }
        if !OnlineRows.counts(round, state) { frame.apply(.dimmed, in: rect) }
    }

    private static func drawProposal(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let proposal = OnlineRows.proposal(state) else {
            frame.write(
                OnlineRows.counting(state).isEmpty
                    ? " no round counts yet: p plans one, r reads its results"
                    : " n chooses the policies of the next round, and those to recommend by all rounds", in: rect,
                row: 0, style: .secondary)
            return
        }
        let policies = OnlinePolicy.recommended(
            by: proposal, OnlineRows.plan(of: proposal, state), state)
        let focus = min(state.online.row, policies.count - 1)
        let next = StyledText("next ", .secondary) + StyledText(OnlineRows.names(proposal.batch), .accent)
        let (left, right) = halves(rect, left: leftWidth(rect), of: &frame)
        guard policies.indices.contains(focus) else { return }
        PromisePlot.draw(policies, outcome: OnlineRows.outcome(state), line: nil, focus: focus, in: left, of: &frame)
        drawTables(policies, state, focus: focus, heads: [next], in: right, of: &frame)
    }

    /// Policies above, all outcomes of the one with the cursor below.
    private static func drawTables(
        _ policies: [OnlinePolicy], _ state: WorkbenchState, focus: Int, heads: [StyledText], in rect: Rect,
        of frame: inout Frame
    ) {
        guard policies.indices.contains(focus) else { return }
        let j = OnlineRows.outcome(state)
        let outcomes = policies[focus].outcomes
        let outcome = outcomes[min(j, outcomes.count - 1)]
        let arrow = outcome.sign > 0 ? frame.glyphs.higher : frame.glyphs.lower
        let head = heads.first { $0.width + 24 <= rect.width } ?? heads[heads.count - 1]
        let room = max(8, rect.width - head.width - 13)
        var title = StyledText(" o ", .key)
        title += StyledText(
            TextWidth.shorten(
                outcome.name, among: outcomes.lazy.map(\.name), to: room, ellipsis: frame.glyphs.ellipsis), .title)
        title += StyledText(" \(arrow) \(j + 1)/\(outcomes.count)", .secondary)
        frame.write(title, in: rect, row: 0)
        frame.write(head + StyledText(" "), in: rect, row: 0, align: .right)
        let body = rect.inset(top: 1)
        let (list, details) = body.splitTop(
            min(policies.count + 1, max(body.height - outcomes.count - 2, min(5, body.height), body.height / 2)))
        OnlinePolicyTable.draw(
            policies, outcome: j, focus: focus, isJoint: state.online.pane == .round, in: list, of: &frame)
        guard details.height > 2 else { return }
        frame.horizontalRule(y: details.y, from: rect.x - 1, to: rect.maxX - 1, style: .border)
        OnlineOutcomeTable.draw(policies[focus], outcome: j, in: details.inset(top: 1), of: &frame)
    }

    /// In fewer and fewer words.
    private static func sampleRatio(_ round: OnlineReview.Round) -> [StyledText] {
        let p = round.reading.sampleRatioP
        let isBroken = p < RoundReading.sampleRatioAlarm
        let verdict =
            StyledText("SRM ", .secondary) + StyledText(isBroken ? "MISMATCH" : "ok", isBroken ? .bad.bold : .good)
        return [verdict + StyledText(" p \(NumberText.probability(p))", .secondary), verdict]
    }
}
