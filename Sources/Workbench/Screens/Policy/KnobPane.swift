import Frames
import Policies
import Texts

/// Knobs as sliders, and who gets what.
enum KnobPane {
    private enum Line {
        case heading(String)
        case fixed(Int)
        case knob(Int)
        case share(Int)
        case blank
    }

    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, _ grids: ParameterGrids, in rect: Rect, of frame: inout Frame
    ) {
        var lines = lines(state, space, gaps: false)
        if lines.count + 3 <= rect.height { lines = self.lines(state, space, gaps: true) }
        let focused = lines.firstIndex { if case .knob(state.policy.focusedKnob) = $0 { true } else { false } } ?? 0
        let window = ScrollWindow(count: lines.count, focus: focused, room: rect.height)
        for (row, index) in window.shown.enumerated() {
            switch lines[index] {
            case .heading(let text): frame.write(heading(text), in: rect, row: row)
            case .fixed(let outcome): fixed(outcome, space, row: row, in: rect, of: &frame)
            case .knob(let index): knob(index, state, space, grids, row: row, in: rect, of: &frame)
            case .share(let arm): share(arm, state, space, row: row, in: rect, of: &frame)
            case .blank: break
            }
        }
        window.drawMarks(in: rect, top: 0, of: &frame)
    }

    /// Rows that all of it takes, with blank lines between.
    static func height(_ state: WorkbenchState, _ space: PolicySpace) -> Int {
        lines(state, space, gaps: true).count + 1
    }

    /// - Parameter gaps: a blank line before each group.
    private static func lines(_ state: WorkbenchState, _ space: PolicySpace, gaps: Bool) -> [Line] {
        var lines: [Line] = []
        var last = ""
        let unit = space.outcomes[0].name
        for (index, knob) in state.knobs.enumerated() {
            let heading =
                switch knob {
                case .weight: "WEIGHTS|1 unit is worth, \(unit)"
                case .bias: "BIASES|added to an arm, \(unit)"
                case .shrinkage: "SHRINKAGE α|0 unit's, 1 average"
                }
            if heading != last {
                if gaps, !lines.isEmpty { lines.append(.blank) }
                lines.append(.heading(heading))
                if case .weight = knob, gaps { lines.append(.fixed(0)) }
            }
            last = heading
            lines.append(.knob(index))
        }
        if gaps { lines.append(.blank) }
        lines.append(.heading("WHO GETS WHAT|"))
        return lines + space.arms.indices.map { .share($0) }
    }

    private static func heading(_ text: String) -> StyledText {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        return StyledText(" \(parts[0])", .title) + StyledText("  \(parts.count > 1 ? parts[1] : "")", .secondary)
    }

    private static let valueWidth = 8

    private static func nameWidth(_ rect: Rect, _ space: PolicySpace) -> Int {
        let widest = (space.outcomes.map { $0.name + "  " } + space.arms).map(TextWidth.width).max() ?? 0
        // The track gives way to the names, down to what still shows where the knob stands.
        return min(max(10, widest + 1), max(rect.width / 3, rect.width - valueWidth - 14))
    }

    private static func fixed(_ outcome: Int, _ space: PolicySpace, row: Int, in rect: Rect, of frame: inout Frame) {
        let width = nameWidth(rect, space)
        let text =
            StyledText("   ")
            + EffectText.name(outcome, in: space, width: width - 1, frame.glyphs).padded(to: width)
            + StyledText("1").padded(to: valueWidth, align: .right) + StyledText("  fixed", .secondary)
        frame.write(text, in: rect, row: row)
    }

    private static func knob(
        _ index: Int, _ state: WorkbenchState, _ space: PolicySpace, _ grids: ParameterGrids, row: Int, in rect: Rect,
        of frame: inout Frame
    ) {
        let knob = state.knobs[index]
        let isFocused = index == state.policy.focusedKnob
        let glyphs = frame.glyphs
        let value = state.decisions.knobs[knob]
        let width = nameWidth(rect, space)
        let track = SliderTrack(
            position: grids[knob].position(of: value),
            pinned: state.decisions.pinned.map { grids[knob].position(of: $0[knob]) }, hasFocus: isFocused)
        let style: Style = isFocused ? .focus.bold : .text
        var text = StyledText(" ") + glyphs.focusMark(isFocused) + StyledText(" ")
        text += name(knob, space, glyphs, width: width - 1, style: style).padded(to: width)
        text += StyledText(
            Wording.number(value, fitting: valueWidth), value == 0 && !isFocused ? .secondary : style
        ).padded(to: valueWidth, align: .right)
        text += StyledText(" ") + track.text(width: max(9, rect.width - width - 13), glyphs: glyphs)
        frame.write(text, in: rect, row: row)
        let place = rect.row(row)
        let trackWidth = max(9, rect.width - width - 13)
        frame.mark(.row(index), place)
        frame.mark(.track(index), Rect(x: place.x + text.width - trackWidth, y: place.y, width: trackWidth, height: 1))
    }

    private static func name(
        _ knob: Knob, _ space: PolicySpace, _ glyphs: GlyphSet, width: Int, style: Style
    ) -> StyledText {
        switch knob {
        case .bias(let arm):
            StyledText(space.arm(arm, to: width, glyphs), style)
        case .weight(let j), .shrinkage(let j): EffectText.name(j, in: space, width: width, glyphs, style: style)
        }
    }

    private static func share(
        _ arm: Int, _ state: WorkbenchState, _ space: PolicySpace, row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let share = state.results[.evaluation]?.shares[space.arms[arm]]
        let width = nameWidth(rect, space)
        var text = StyledText(
            "   " + space.arm(arm, to: width - 1, frame.glyphs)
        )
        .padded(to: width + 3)
        text += Bar(share ?? 0, style: .series(arm)).text(width: max(5, rect.width - width - 10), glyphs: frame.glyphs)
        text += StyledText(share.map { NumberText.percent($0, 0) } ?? "").padded(to: 6, align: .right)
        frame.write(state.results.isStale(.evaluation) ? text.with(.dimmed) : text, in: rect, row: row)
    }
}
