import Experiments
import Frames
import Policies
import Studies

/// Every outcome along the focused knob: exact, in the price of about one evaluation.
enum CurvePane {
    static func draw(_ state: WorkbenchState, _ workspace: PolicyWorkspace, in rect: Rect, of frame: inout Frame) {
        guard let knob = state.knob else { return }
        let space = workspace.space
        frame.write(" IF \(title(knob, space)) WERE", in: rect, row: 0, style: .secondary)
        guard let profile = state.profile, profile.knob == knob else {
            frame.write(" computing the curve", in: rect, row: 1, style: .secondary)
            return
        }
        let flags: Style.Flags = state.profileIsStale ? .dimmed : []
        let name = 11
        let width = max(8, rect.width - name - 9)
        let value = state.decisions.knobs[knob]
        axis(profile, value, workspace, name: name, width: width, in: rect, of: &frame)
        let place = workspace.tracks[knob].position(of: value)
        let here = Int((place * Double(profile.grid.count - 1)).rounded())
        var row = 2
        for (j, outcome) in space.outcomes.enumerated() where row < rect.height - 1 {
            let oriented = profile.points.map { outcome.sign * ($0.outcomes[j]?.difference ?? .nan) }
            var text = StyledText(" " + TextWidth.truncate(outcome.name, to: name - 2)).padded(to: name)
            text += Sparkline(oriented, highlight: here, style: .series(j)).text(width: width, glyphs: frame.glyphs)
            if let evaluation = state.evaluation, let change = Wording.change(evaluation.outcomes[j]) {
                text += StyledText(change.value).padded(to: 8, align: .right)
            }
            frame.write(text.with(flags), in: rect, row: row)
            row += 1
        }
        limits(profile, space, name: name, width: width, row: row, flags, in: rect, of: &frame)
    }

    private static func title(_ knob: Knob, _ space: PolicySpace) -> String {
        switch knob {
        case .weight(let j): "THE WEIGHT OF \(space.outcomes[j].name)"
        case .bias(let i): "THE BIAS OF \(space.arms[i])"
        case .shrinkage(let j): "THE SHRINKAGE OF \(space.outcomes[j].name)"
        }
    }

    private static func axis(
        _ profile: ParameterProfile, _ value: Double, _ workspace: PolicyWorkspace, name: Int, width: Int,
        in rect: Rect,
        of frame: inout Frame
    ) {
        guard let low = profile.grid.first, let high = profile.grid.last else { return }
        let start = rect.x + name
        frame.write(Wording.number(low), x: start, y: rect.y + 1, style: .secondary, in: rect)
        let end = Wording.number(high)
        let place = workspace.tracks[profile.knob].position(of: value)
        let marker = "\(frame.glyphs.down) \(Wording.number(value))"
        let column = start + Int((place * Double(width - 1)).rounded())
        let room = TextWidth.width(of: marker)
        let turnsLeft = column + room > start + width
        let first = turnsLeft ? column - room + 1 : column
        // Where the marker needs the room of an end's label, the marker stays.
        if first < start + TextWidth.width(of: Wording.number(low)) + 1 {
            frame.fill(Rect(x: start, y: rect.y + 1, width: width, height: 1), style: .text, with: " ")
        }
        if first + room + 1 < start + width - TextWidth.width(of: end) {
            frame.write(end, x: start + width - TextWidth.width(of: end), y: rect.y + 1, style: .secondary, in: rect)
        }
        let text = turnsLeft ? "\(Wording.number(value)) \(frame.glyphs.down)" : marker
        frame.write(text, x: max(start, first), y: rect.y + 1, style: .focus, in: rect)
    }

    private static func limits(
        _ profile: ParameterProfile, _ space: PolicySpace, name: Int, width: Int, row: Int, _ flags: Style.Flags,
        in rect: Rect, of frame: inout Frame
    ) {
        guard row < rect.height, space.outcomes.contains(where: { $0.threshold != nil }) else { return }
        let marks = profile.points.map { point -> LimitMark in
            var worst = LimitMark.inside
            for (moments, outcome) in zip(point.outcomes, space.outcomes) where outcome.threshold != nil {
                switch moments?.verdict(outcome.threshold, sign: outcome.sign) ?? .outside {
                case .inside: break
                case .uncertain: if worst == .inside { worst = .unsure }
                case .outside: worst = .outside
                }
            }
            return worst
        }
        let text =
            StyledText(" limits", .secondary).padded(to: name)
            + Sparkline.marks(marks, width: width, glyphs: frame.glyphs)
        frame.write(text.with(flags), in: rect, row: row)
    }
}
