import Frames
import Policies
import Studies
import Texts

/// Limits as sliders with their prices, and how they are kept.
enum LimitPane {
    /// Method, cohorts, effects and the heading of who gets what.
    private static let settingRows = 4
    /// Limits that are seen at least.
    private static let leastLimits = 3

    /// With fewer rows something is left out.
    static func leastHeight(_ space: PolicySpace) -> Int {
        2 + min(leastLimits, space.outcomeCount - 1) + settingRows + space.armCount
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let request = state.allocate.request
        let glyphs = frame.glyphs
        frame.write(
            StyledText(" MAXIMISE ", .title) + EffectText.name(0, in: space, width: rect.width - 11, glyphs),
            in: rect, row: 0)
        frame.write(StyledText(" LIMITS", .title) + StyledText("  better by at least", .secondary), in: rect, row: 1)
        let settings = settingRows + space.armCount
        let count = space.outcomeCount - 1
        let room = min(count, max(1, rect.height - 2 - settings))
        let window = ScrollWindow(count: count, focus: min(state.allocate.row, count - 1), room: room)
        for (row, index) in window.shown.enumerated() {
            limit(index, state, space, row: row + 2, in: rect, of: &frame)
        }
        window.drawMarks(in: rect, top: 2, of: &frame)
        var row = 2 + window.shown.count
        func setting(_ name: String, _ key: String, _ value: String) {
            let text =
                StyledText(" \(name)".padding(toLength: 10, withPad: " ", startingAt: 0), .title)
                + StyledText(key + " ", .key)
                + StyledText(TextWidth.truncate(value, to: max(4, rect.width - 13), ellipsis: glyphs.ellipsis))
            frame.write(text, in: rect, row: row)
            row += 1
        }
        if rect.height >= row + settings + 1 { row += 1 }
        setting("METHOD", "o", AllocateRows.name(request.method))
        let cohorts = state.results[.allocation]?.solved.map { " (\($0.rows.count { $0.units > 0 }))" } ?? ""
        setting("COHORTS", "c", request.cohorts.description + cohorts)
        setting("EFFECTS", "s", request.effects.rawValue)
        if rect.height >= row + space.armCount + 2 { row += 1 }
        frame.write(" WHO GETS WHAT", in: rect, row: row, style: .title)
        guard let found = state.results[.allocation]?.solved else { return }
        let flags: Style.Flags = state.results.isStale(.allocation) ? .dimmed : []
        let name = min(16, space.arms.map(TextWidth.width).max() ?? 8)
        for arm in space.arms.indices where row + 1 + arm < rect.height {
            let share = found.rows.reduce(0) { $0 + $1.share * $1.arms[arm] }
            var text = StyledText("  " + space.arm(arm, to: name, glyphs)).padded(
                to: name + 3)
            text += Bar(share, style: .series(arm)).text(width: max(5, rect.width - name - 10), glyphs: glyphs)
            text += StyledText(NumberText.percent(share, 0)).padded(to: 6, align: .right)
            frame.write(text.with(flags), in: rect, row: row + 1 + arm)
        }
    }

    /// As wide as the names need, the track keeping at least 8 columns.
    private static func nameWidth(_ space: PolicySpace, _ rect: Rect) -> Int {
        let widest = space.outcomes.dropFirst().map { TextWidth.width(of: $0.name) + 3 }.max() ?? 8
        return max(8, min(widest, rect.width - 20))
    }

    private static func limit(
        _ index: Int, _ state: WorkbenchState, _ space: PolicySpace, row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let outcome = index + 1
        let glyphs = frame.glyphs
        let isFocused = AllocateRows.focusedLimit(state) == outcome
        let track = LimitTrack(space, outcome)
        let value = track.value(state.allocate.request.threshold(outcome, space), space, outcome)
        let style: Style = isFocused ? .focus.bold : .text
        let name = nameWidth(space, rect)
        var text = StyledText(" ") + glyphs.focusMark(isFocused) + StyledText(" ")
        text += EffectText.name(outcome, in: space, width: name - 1, glyphs, style: style).padded(to: name)
        text += StyledText(value.map { track.text($0) } ?? "none", value == nil ? .secondary : style)
            .padded(to: 7, align: .right)
        let width = max(7, rect.width - name - 12)
        text += StyledText(" ")
        text += SliderTrack(position: value.map { track.position(of: $0) }, hasFocus: isFocused)
            .text(width: width, glyphs: glyphs)
        frame.write(text, in: rect, row: row)
        let place = rect.row(row)
        frame.mark(.row(index), place)
        frame.mark(.track(index), Rect(x: place.x + text.width - width, y: place.y, width: width, height: 1))
    }
}
