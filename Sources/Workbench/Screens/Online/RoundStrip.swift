import Frames
import Online
import Studies
import Texts

/// The rounds in a line, with the verdict on each one's sample ratio, the plan that awaits its results, and the panes.
enum RoundStrip {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let panes = panes(state)
        let rounds = OnlineRows.review(state)?.rounds ?? []
        let shown = OnlineRows.shown(state)?.number
        let awaited = awaited(state, isShown: shown == nil && state.online.pane == .round)
        let room = rect.width - panes.width - 9 - awaited.width
        let focus = rounds.firstIndex { $0.number == shown } ?? 0
        // With their users where all of them have room, else as many as fit around the one looked at.
        let whole = rounds.map { token($0, isShown: $0.number == shown, hasUsers: true, state, frame.glyphs) }
        let short = rounds.map { token($0, isShown: $0.number == shown, hasUsers: false, state, frame.glyphs) }
        let tokens = whole.reduce(0) { $0 + $1.width } <= room ? whole : short
        let width = max(1, tokens.map(\.width).max() ?? 1)
        let fits = tokens.reduce(0) { $0 + $1.width } <= room
        let window = ScrollWindow(count: tokens.count, focus: focus, room: fits ? tokens.count : max(1, room / width))
        var text = StyledText(" ROUNDS ", .title)
        for index in window.shown { text += tokens[index] }
        if rounds.isEmpty { text += StyledText("none read", .secondary) }
        text += awaited
        frame.write(text, in: rect, row: 0)
        frame.write(panes, in: rect, row: 0, align: .right)
    }

    private static func awaited(_ state: WorkbenchState, isShown: Bool) -> StyledText {
        guard let awaited = OnlineRows.awaited(state) else { return StyledText("") }
        let words = "plan \(awaited.number) waits"
        return isShown ? StyledText(" [\(words)]", .focus.bold) : StyledText("  \(words) ", .accent)
    }

    private static func token(
        _ round: OnlineReview.Round, isShown: Bool, hasUsers: Bool, _ state: WorkbenchState, _ glyphs: GlyphSet
    ) -> StyledText {
        let counts = OnlineRows.counts(round, state)
        let isBroken = round.reading.sampleRatioP < RoundReading.sampleRatioAlarm
        let mark =
            counts
            ? StyledText(String(isBroken ? glyphs.cross : glyphs.check), isBroken ? .bad : .good)
            : StyledText("-", .secondary)
        let users = hasUsers ? " \(NumberText.grouped(round.reading.users))" : ""
        let style: Style = isShown ? .focus.bold : counts ? .text : .secondary
        return StyledText(isShown ? "[" : " ", style) + StyledText("\(round.number)\(users)", style) + mark
            + StyledText(isShown ? "]" : " ", style)
    }

    private static func panes(_ state: WorkbenchState) -> StyledText {
        var text = StyledText("v ", .key)
        for pane in OnlinePane.allCases {
            let isShown = pane == state.online.pane
            text += StyledText(
                isShown ? "[\(pane.rawValue)]" : " \(pane.rawValue) ", isShown ? .accent.bold : .secondary)
        }
        return text + StyledText(" ")
    }
}
