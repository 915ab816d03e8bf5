import Frames
import Policies
import Statistics

/// Sliders on the left, what they bring on the right (DESIGN section 5, first frame).
enum PolicyScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let workspace = state.workspace else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let (left, right) = rect.splitLeft(min(60, max(36, rect.width * 9 / 20)))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        KnobPane.draw(state, workspace.space, workspace.tracks, in: left, of: &frame)
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let outcomeRows = min(workspace.space.outcomeCount, max(1, (inner.height - 9) / 2))
        let (table, below) = inner.splitTop(outcomeRows * 2 + 3)
        OutcomePane.draw(state, workspace.space, rows: outcomeRows, in: table, of: &frame)
        frame.horizontalRule(y: below.y, from: right.x, to: rect.maxX - 1, style: .border)
        CurvePane.draw(state, workspace, in: below.inset(top: 1), of: &frame)
    }
}

extension Rect {
    func inset(top: Int) -> Rect { splitTop(top).rest }
}

/// Knobs as sliders, and who gets what.
enum KnobPane {
    private enum Line {
        case heading(String)
        case knob(Int)
        case share(Int)
    }

    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, _ tracks: KnobTracks, in rect: Rect, of frame: inout Frame
    ) {
        let lines = lines(state, space)
        let focused = lines.firstIndex { if case .knob(state.focusedKnob) = $0 { true } else { false } } ?? 0
        let offset = lines.count <= rect.height ? 0 : min(max(0, focused - rect.height / 2), lines.count - rect.height)
        for (row, line) in lines.dropFirst(offset).prefix(rect.height).enumerated() {
            switch line {
            case .heading(let text): frame.write(" " + text, in: rect, row: row, style: .secondary)
            case .knob(let index): knob(index, state, space, tracks, row: row, in: rect, of: &frame)
            case .share(let arm): share(arm, state, space, row: row, in: rect, of: &frame)
            }
        }
    }

    private static func lines(_ state: WorkbenchState, _ space: PolicySpace) -> [Line] {
        var lines: [Line] = []
        var last = ""
        for (index, knob) in state.knobs.enumerated() {
            let heading =
                switch knob {
                case .weight: "WEIGHTS  1 unit is worth, \(space.outcomes[0].name)"
                case .bias: "BIASES  added to an arm, \(space.outcomes[0].name)"
                case .shrinkage: "SHRINKAGE  0 unit's, 1 average"
                }
            if heading != last { lines.append(.heading(heading)) }
            last = heading
            lines.append(.knob(index))
        }
        lines.append(.heading("WHO GETS WHAT"))
        return lines + space.arms.indices.map { .share($0) }
    }

    private static func knob(
        _ index: Int, _ state: WorkbenchState, _ space: PolicySpace, _ tracks: KnobTracks, row: Int, in rect: Rect,
        of frame: inout Frame
    ) {
        let knob = state.knobs[index]
        let isFocused = index == state.focusedKnob
        let glyphs = frame.glyphs
        let value = state.decisions.knobs[knob]
        let nameWidth = rect.width >= 50 ? 18 : 11
        let trackWidth = max(9, rect.width - nameWidth - 12)
        let track = SliderTrack(
            position: tracks[knob].position(of: value),
            pinned: state.decisions.pinned.map { tracks[knob].position(of: $0[knob]) }, hasFocus: isFocused)
        let style: Style = isFocused ? .focus.bold : .text
        var text = StyledText(isFocused ? " \(glyphs.focus) " : "   ", .focus)
        text += name(knob, space, glyphs, width: nameWidth - 1, style: style)
        text += StyledText(Wording.number(value), style).padded(to: 8, align: .right) + StyledText(" ")
        text += track.text(width: trackWidth, glyphs: glyphs)
        frame.write(text, in: rect, row: row)
        let place = rect.row(row)
        frame.mark(.row(index), place)
        frame.mark(
            .track(index), Rect(x: place.x + text.width - trackWidth, y: place.y, width: trackWidth, height: 1))
    }

    private static func name(
        _ knob: Knob, _ space: PolicySpace, _ glyphs: GlyphSet, width: Int, style: Style
    ) -> StyledText {
        switch knob {
        case .bias(let arm): return StyledText(TextWidth.truncate(space.arms[arm], to: width), style).padded(to: width)
        case .weight(let j), .shrinkage(let j):
            let arrow = String(space.outcomes[j].direction == .maximize ? glyphs.up : glyphs.down)
            let name = TextWidth.truncate(space.outcomes[j].name, to: width - 2)
            return StyledText(name, style).padded(to: width - 1) + StyledText(arrow, .secondary)
        }
    }

    private static func share(
        _ arm: Int, _ state: WorkbenchState, _ space: PolicySpace, row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let share = state.evaluation?.shares[space.arms[arm]]
        let nameWidth = rect.width >= 50 ? 18 : 9
        var text = StyledText("   " + TextWidth.truncate(space.arms[arm], to: nameWidth)).padded(to: nameWidth + 4)
        text += Bar(share ?? 0, style: .series(arm)).text(
            width: max(5, rect.width - nameWidth - 11), glyphs: frame.glyphs)
        text += StyledText(share.map { NumberText.percent($0, 0) } ?? "").padded(to: 6, align: .right)
        frame.write(state.evaluationIsStale ? text.with(.dimmed) : text, in: rect, row: row)
    }
}

/// The outcomes under the policy, against control and against the best single arm.
enum OutcomePane {
    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, rows: Int, in rect: Rect, of frame: inout Frame
    ) {
        let name = max(10, rect.width - 33)
        frame.write(
            StyledText(" OUTCOME", .secondary).padded(to: name)
                + StyledText("control policy      change ", .secondary)
                .padded(to: 28) + StyledText("limit", .secondary), in: rect, row: 0)
        guard let evaluation = state.evaluation else {
            frame.write(" estimating", in: rect, row: 1, style: .secondary)
            return
        }
        let flags: Style.Flags = state.evaluationIsStale ? .dimmed : []
        for (row, outcome) in evaluation.outcomes.prefix(rows).enumerated() {
            frame.write(line(outcome, space.outcomes[row], name, frame.glyphs).with(flags), in: rect, row: row + 1)
        }
        let comparison = Comparison(evaluation, state)
        frame.write(" " + comparison.heading, in: rect, row: rows + 1, style: comparison.headingStyle)
        for (row, outcome) in space.outcomes.prefix(rows).enumerated() {
            frame.write(comparison.line(row, outcome, name).with(flags), in: rect, row: rows + 2 + row)
        }
        frame.write(
            StyledText(
                " effective sample \(NumberText.grouped(Int(evaluation.effectiveSampleSize.rounded()))) "
                    + "of \(NumberText.grouped(evaluation.units))", .secondary
            ).with(flags), in: rect, row: 2 * rows + 2)
    }

    private static func line(
        _ outcome: OutcomeEvaluation, _ described: PolicySpace.Outcome, _ name: Int, _ glyphs: GlyphSet
    ) -> StyledText {
        let arrow = String(described.direction == .maximize ? glyphs.up : glyphs.down)
        var text = StyledText(" " + TextWidth.truncate(outcome.name, to: name - 2)).padded(to: name - 1)
        text += StyledText(arrow, .secondary)
        text += StyledText(outcome.control.map { NumberText.significant($0, 3) } ?? "n/a").padded(to: 7, align: .right)
        text += StyledText(outcome.value.map { NumberText.significant($0, 3) } ?? "n/a").padded(to: 7, align: .right)
        text += change(outcome, sign: described.sign, glyphs).padded(to: 13, align: .right) + StyledText(" ")
        text += Limits.text(outcome.limit, described, glyphs)
        return text
    }

    static func change(_ outcome: OutcomeEvaluation, sign: Double, _ glyphs: GlyphSet) -> StyledText {
        guard let change = Wording.change(outcome) else { return StyledText("n/a", .secondary) }
        let difference = outcome.difference
        let style: Style =
            difference?.excludesZero != true ? .text : sign * (difference?.value ?? 0) > 0 ? .good : .bad
        return StyledText(change.value, style) + StyledText(" \(glyphs.plusMinus)\(change.reach)", .secondary)
    }
}

/// Limits as marks.
enum Limits {
    static func mark(_ verdict: LimitVerdict) -> LimitMark {
        switch verdict {
        case .inside: .inside
        case .uncertain: .unsure
        case .outside: .outside
        }
    }

    static func text(_ verdict: LimitVerdict?, _ outcome: PolicySpace.Outcome, _ glyphs: GlyphSet) -> StyledText {
        guard let verdict, let threshold = outcome.threshold else { return StyledText("") }
        let bound: String
        switch threshold {
        case .relative(let least): bound = NumberText.percent(outcome.sign * least, 0, signed: true)
        case .absolute(let least): bound = NumberText.significant(outcome.sign * least, 2)
        }
        return mark(verdict).text(glyphs) + StyledText(bound, .limit).padded(to: 4, align: .right)
    }
}
