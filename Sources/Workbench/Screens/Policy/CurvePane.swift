import Experiments
import Frames
import Policies
import Studies

/// Every outcome along the focused knob; a curve that a sample has sketched is marked until the exact one is there.
enum CurvePane {
    static func draw(_ state: WorkbenchState, _ workspace: PolicyWorkspace, in rect: Rect, of frame: inout Frame) {
        guard let knob = state.knob else { return }
        let space = workspace.space
        let hasLimits = space.hasLimits
        let room = rect.height - 2 - (hasLimits ? 1 : 0)
        let shown = ShownOutcomes(space, room: room, focus: knob.outcome)
        let curve = ShownCurve(state)
        let notes = [curve?.isSample == true ? sampleNote(width: rect.width) : "", rect.width < 40 ? "" : shown.tally]
        let tally = notes.filter { !$0.isEmpty }.map { $0 + " " }.joined()
        let width = rect.width - 10 - tally.count
        frame.write(
            StyledText(" IF \(title(knob, space, width: width, frame.glyphs)) WERE", .title), in: rect, row: 0)
        frame.write(tally, in: rect, row: 0, style: .secondary, align: .right)
        guard let curve else {
            frame.write(" computing the curve", in: rect, row: 1, style: .secondary)
            return
        }
        let profile = curve.profile
        let layout = CurveLayout(rect, knobPlace: workspace.grids[knob].position(of: state.decisions.knobs[knob]))
        axis(profile, state.decisions.knobs[knob], layout, in: rect, of: &frame)
        let flags: Style.Flags = curve.isStale ? .dimmed : []
        let each = room / max(1, space.outcomeCount)
        var row = 2
        for j in shown.indices where row < rect.height - (hasLimits ? 1 : 0) {
            if each >= CurvePlot.leastHeight {
                CurvePlot.draw(
                    state, curve, outcome: j, layout,
                    in: Rect(x: rect.x, y: rect.y + row, width: rect.width, height: min(each, 12)), of: &frame)
                row += min(each, 12)
            } else {
                frame.write(
                    spark(state, profile, j, space, layout, frame.glyphs).with(flags), in: rect, row: row)
                row += 1
            }
        }
        if hasLimits { limits(profile, space, layout, row: row, flags, in: rect, of: &frame) }
    }

    /// Says that a curve is a sample's.
    private static func sampleNote(width: Int) -> String { width < 60 ? "~" : "~ from a sample" }

    /// - Parameter width: columns for the words and the name.
    private static func title(_ knob: Knob, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet) -> String {
        switch knob {
        case .weight(let j): "THE WEIGHT OF " + space.outcome(j, to: max(8, width - 14), glyphs)
        case .bias(let i): "THE BIAS OF " + space.arm(i, to: max(8, width - 12), glyphs)
        case .shrinkage(let j): "THE SHRINKAGE OF " + space.outcome(j, to: max(8, width - 17), glyphs)
        }
    }

    private static func spark(
        _ state: WorkbenchState, _ profile: ParameterProfile, _ j: Int, _ space: PolicySpace, _ layout: CurveLayout,
        _ glyphs: GlyphSet
    ) -> StyledText {
        let oriented = profile.points.map { space.outcomes[j].sign * ($0.outcomes[j]?.difference ?? .nan) }
        let here = Int((layout.knobPlace * Double(profile.grid.count - 1)).rounded())
        var text = StyledText(" ") + EffectText.name(j, in: space, width: layout.name - 2, glyphs)
        text = text.padded(to: layout.name)
        text += Sparkline(oriented, highlight: here, style: .outcome(j)).text(width: layout.width, glyphs: glyphs)
        if let evaluation = state.results[.evaluation], let change = Wording.change(evaluation.outcomes[j]) {
            text += StyledText(change.value).padded(to: layout.end, align: .right)
        }
        return text
    }

    /// The ends of the track and where the knob stands; where the marker needs the room of an end's label, it stays.
    private static func axis(
        _ profile: ParameterProfile, _ value: Double, _ layout: CurveLayout, in rect: Rect, of frame: inout Frame
    ) {
        guard let low = profile.grid.first, let high = profile.grid.last else { return }
        let start = rect.x + layout.name
        let end = start + layout.width
        let (lowText, highText) = (Wording.number(low), Wording.number(high))
        let column = start + layout.column
        let here = String(frame.glyphs.here)
        let number = Wording.number(value)
        let turnsLeft = column + number.count + 2 > end
        let text = turnsLeft ? "\(number) \(here)" : "\(here) \(number)"
        let first = turnsLeft ? column - number.count - 1 : column
        if first > start + lowText.count { frame.write(lowText, x: start, y: rect.y + 1, style: .secondary, in: rect) }
        if first + text.count < end - highText.count {
            frame.write(highText, x: end - highText.count, y: rect.y + 1, style: .secondary, in: rect)
        }
        frame.write(text, x: max(start, first), y: rect.y + 1, style: .focus.bold, in: rect)
    }

    private static func limits(
        _ profile: ParameterProfile, _ space: PolicySpace, _ layout: CurveLayout, row: Int, _ flags: Style.Flags,
        in rect: Rect, of frame: inout Frame
    ) {
        guard row < rect.height else { return }
        let marks = profile.points.map { Limits.mark($0.limits(in: space) ?? .inside) }
        let text =
            StyledText(" limits", .secondary).padded(to: layout.name)
            + Sparkline.marks(marks, width: layout.width, glyphs: frame.glyphs)
        frame.write(text.with(flags), in: rect, row: row)
    }
}
