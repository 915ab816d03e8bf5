import Experiments
import Frames
import Frontier
import Policies
import Studies
import Texts

/// The scatter: changes against control in percent (or in the outcome's unit), better up and right.
enum FrontPlot {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        guard let plane = FrontPlane(state) else {
            frame.write("the front will be drawn here", x: rect.x + 2, y: rect.y + 1, style: .secondary, in: rect)
            return
        }
        draw(state, space, plane, zoomed: true, in: rect, of: &frame)
        var corner = "tune 95%"
        if state.front.view.zoom > 1 {
            corner = "\(frame.glyphs.times)\(Wording.number(state.front.view.zoom))  " + corner
        }
        if rect.width >= 44 { frame.write(corner + " ", in: rect, row: 0, style: .secondary, align: .right) }
        legend(state, in: rect, of: &frame)
    }

    /// Which line is which, by its dots as well as by its role; left out where the axis needs the room.
    private static func legend(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.front.showsWeightsOnly, state.facts.front?.weightsOnly != nil, let space = state.space else {
            return
        }
        let (line, dots) = frame.glyphs.hasBraille ? ("⠒⠒", "⠂⠂") : ("--", "::")
        let weights = StyledText(dots, .bar)
        let all = StyledText(line, .plotFront) + StyledText(" all ", .secondary)
        let wordings = [
            all + weights + StyledText(" weights alone ", .secondary),
            all + weights + StyledText(" no bias ", .secondary),
            weights + StyledText(" no bias ", .secondary),
        ]
        // The axis says its outcome, its unit and which way is better.
        let title = 5 + TextWidth.width(of: space.outcomes[state.front.horizontalOutcome].name) + 23
        guard let wording = wordings.first(where: { title + $0.width <= rect.width }) else { return }
        frame.write(wording, in: rect, row: rect.height - 1, align: .right)
    }

    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, _ plane: FrontPlane, zoomed: Bool, in rect: Rect,
        of frame: inout Frame
    ) {
        let visible = state.visibleCandidates
        let view = zoomed ? state.front.view : FrontView()
        var plot = PlotCanvas(
            x: axis(
                plane.x, space, plane.x.window(view, middle: view.middle.across), width: rect.width - 6,
                glyphs: frame.glyphs, vertical: false),
            y: axis(
                plane.y, space, plane.y.window(view, middle: view.middle.up), width: rect.width - 18,
                glyphs: frame.glyphs, vertical: true))
        func point(_ evaluation: PolicyEvaluation) -> PlotCanvas.Point? {
            guard let across = plane.x.axis.value(evaluation), let up = plane.y.axis.value(evaluation) else {
                return nil
            }
            return PlotCanvas.Point(across, up)
        }
        guides(&plot, plane)
        plot.line(trail(state, plane), style: .accent, isDotted: true)
        let policies = visible.compactMap { candidate in candidate.tune.flatMap(point).map { (candidate, $0) } }
        func place(_ stored: FrontPoint) -> PlotCanvas.Point? {
            guard let across = plane.x.axis.value(stored, control: state.results[.arms].first),
                let up = plane.y.axis.value(stored, control: state.results[.arms].first)
            else { return nil }
            return PlotCanvas.Point(across, up)
        }
        let kept = (state.facts.front?.points ?? []).compactMap(place)
        let known = policies.map(\.1) + state.results[.arms].compactMap(point) + kept
        let attained = Dominance.front(known.map { [plane.x.sign * $0.x, plane.y.sign * $0.y] })
        let front = Set(attained)
        plot.points(policies.map(\.1) + kept, style: .plotPoint)
        if state.front.showsWeightsOnly, let weightsOnly = state.facts.front?.weightsOnly {
            plot.staircase(weightsOnly.points.compactMap(place), style: .bar, isDotted: true)
        }
        plot.staircase(attained.map { known[$0] }, style: .plotFront)
        for (index, item) in policies.enumerated() where zoomed {
            let isDrawn =
                switch view.whiskers {
                case .focused, .none: false
                case .front: front.contains(index)
                case .all: true
                }
            if isDrawn, let tune = item.0.tune { thinWhisker(&plot, plane, tune, item.1) }
        }
        arms(&plot, state, space, point, labelled: zoomed, frame.glyphs)
        marks(
            &plot, state, policies, plane, point, hasWhisker: zoomed && view.whiskers != .none,
            hasLetters: zoomed, frame.glyphs)
        plot.draw(in: rect, of: &frame)
    }

    /// The outcome, its unit and which way is better, the name shortened where there is no room.
    private static func title(
        _ axis: FrontAxis, _ space: PolicySpace, _ direction: String, width: Int, _ glyphs: GlyphSet
    ) -> String {
        let unit = axis.isRelative ? " %" : ""
        let room = width - unit.count - 2 - TextWidth.width(of: direction)
        return "\(space.outcome(axis.index, to: max(8, room), glyphs))\(unit), \(direction)"
    }

    private static func axis(
        _ axis: FrontPlane.Axis, _ space: PolicySpace, _ range: ClosedRange<Double>, width: Int, glyphs: GlyphSet,
        vertical: Bool
    ) -> PlotAxis {
        let outcome = axis.axis.outcome
        let better = outcome.direction == .maximize ? "higher" : "lower"
        let arrow = vertical ? "" : " \(glyphs.rightArrow)"
        var words = title(axis.axis, space, "\(better) is better\(arrow)", width: width, glyphs)
        let far = "  \(glyphs.axisBreak) control 0 is beyond"
        if axis.isBroken, TextWidth.width(of: words + far) <= width { words += far }
        return PlotAxis(
            range, isReversed: outcome.direction == .minimize, title: words,
            format: .signed(NiceTicks(in: range, about: 5).decimals), beyond: axis.isBroken ? 0 : nil)
    }

    /// Where the present policy goes as the focused knob turns.
    private static func trail(_ state: WorkbenchState, _ plane: FrontPlane) -> [PlotCanvas.Point] {
        guard let profile = state.results[.profile], profile.knob == state.knob, !state.results.isStale(.profile) else {
            return []
        }
        return profile.points.compactMap { point in
            guard let across = plane.x.axis.value(point), let up = plane.y.axis.value(point) else { return nil }
            return PlotCanvas.Point(across, up)
        }
    }

    private static func guides(_ plot: inout PlotCanvas, _ plane: FrontPlane) {
        if let limit = plane.x.axis.limit { plot.verticalGuide(at: limit, style: .limit) }
        if let limit = plane.y.axis.limit { plot.horizontalGuide(at: limit, style: .limit) }
    }

    private static func thinWhisker(
        _ plot: inout PlotCanvas, _ plane: FrontPlane, _ evaluation: PolicyEvaluation, _ point: PlotCanvas.Point
    ) {
        guard let across = plane.x.axis.interval(evaluation), let up = plane.y.axis.interval(evaluation) else { return }
        plot.line([PlotCanvas.Point(across.low, point.y), PlotCanvas.Point(across.high, point.y)], style: .plotPoint)
        plot.line([PlotCanvas.Point(point.x, up.low), PlotCanvas.Point(point.x, up.high)], style: .plotPoint)
    }

    /// Control as 0 and every single arm as a cross with its name.
    private static func arms(
        _ plot: inout PlotCanvas, _ state: WorkbenchState, _ space: PolicySpace,
        _ point: (PolicyEvaluation) -> PlotCanvas.Point?, labelled: Bool, _ glyphs: GlyphSet
    ) {
        for (arm, evaluation) in state.results[.arms].enumerated() {
            guard let place = point(evaluation) else { continue }
            guard arm > 0 else {
                plot.mark("0", at: place, style: .text.bold)
                continue
            }
            plot.mark(glyphs.times, at: place, style: .series(arm))
            if labelled { plot.label(space.arm(arm, to: 12, glyphs), at: place, style: .secondary) }
        }
    }

    /// The present policy, what is pinned, the picks and the focused candidate.
    private static func marks(
        _ plot: inout PlotCanvas, _ state: WorkbenchState, _ policies: [(Candidate, PlotCanvas.Point)],
        _ plane: FrontPlane,
        _ point: (PolicyEvaluation) -> PlotCanvas.Point?, hasWhisker: Bool, hasLetters: Bool, _ glyphs: GlyphSet
    ) {
        let focused = policies.first { $0.0.id == state.focused?.id }
        if hasWhisker, let (candidate, place) = focused, let tune = candidate.tune,
            let across = plane.x.axis.interval(tune), let up = plane.y.axis.interval(tune)
        {
            plot.whisker(at: place, across: across.low...across.high, up: up.low...up.high, style: .accent)
        }
        for pin in state.decisions.pins {
            if let place = state.pinEvaluation(pin).flatMap(point) {
                plot.mark(glyphs.pinned, at: place, style: .plotPinned)
            }
        }
        if let now = state.results[.evaluation].flatMap(point) { plot.mark(glyphs.here, at: now, style: .accent) }
        for (candidate, place) in policies where candidate.id != focused?.0.id && !state.isPicked(candidate) {
            if hasLetters { plot.label(candidate.name, at: place, style: .plotPoint) }
        }
        for (candidate, place) in policies where state.isPicked(candidate) {
            plot.mark(glyphs.pick, at: place, style: .plotPick)
            if candidate.id != focused?.0.id { plot.label(candidate.name, at: place, style: .plotPick) }
        }
        if let anchor = policies.first(where: { $0.0.id == state.front.view.anchor }), anchor.0.id != focused?.0.id {
            plot.mark(glyphs.ring, at: anchor.1, style: .plotPinned)
            plot.label(anchor.0.name, at: anchor.1, style: .plotPinned)
        }
        guard let (candidate, place) = focused else { return }
        plot.mark(state.isPicked(candidate) ? glyphs.pick : glyphs.ring, at: place, style: .focus.bold)
        plot.label(candidate.name, at: place, style: .focus.bold)
    }
}
