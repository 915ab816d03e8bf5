import Experiments
import Frames
import Frontier
import Policies
import Studies

/// The attained trade-offs and the candidates on them (DESIGN section 5, second frame).
enum FrontScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let space = state.space else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let (left, right) = rect.splitLeft(max(rect.width - 72, rect.width * 50 / 80))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        FrontPlot.draw(state, space, in: left, of: &frame)
        let detail = min(max(8, space.outcomeCount * 2 + 5), inner.height - 4)
        let (list, details) = inner.splitBottom(detail)
        CandidateList.draw(state, space, in: list, of: &frame)
        CandidateDetails.draw(state, space, in: details, of: &frame)
    }
}

/// The scatter: changes against control in percent (or in the outcome's unit), better up and right.
enum FrontPlot {
    private struct Axis {
        let outcome: Int
        let sign: Double
        let isRelative: Bool

        /// What is plotted of an evaluation; nil where not estimable.
        func value(_ evaluation: PolicyEvaluation) -> Double? {
            isRelative
                ? evaluation.outcomes[outcome].relative.map { 100 * $0.value }
                : evaluation.outcomes[outcome].difference?.value
        }

        /// What is plotted of a policy that the front keeps by its values alone; `control` is any evaluation on tune.
        func value(_ point: FrontPoint, control: PolicyEvaluation?) -> Double? {
            guard let zero = control?.outcomes[outcome].control, zero != 0 || !isRelative else { return nil }
            let change = sign * point.values[outcome] - zero
            return isRelative ? 100 * change / abs(zero) : change
        }

        func interval(_ evaluation: PolicyEvaluation) -> (low: Double, high: Double)? {
            let estimate = isRelative ? evaluation.outcomes[outcome].relative : evaluation.outcomes[outcome].difference
            guard let low = estimate?.low, let high = estimate?.high else { return nil }
            return isRelative ? (100 * low, 100 * high) : (low, high)
        }
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let visible = state.visibleCandidates
        let known = visible.compactMap(\.tune) + state.armEvaluations + [state.evaluation].compactMap { $0 }
        func axis(_ outcome: Int) -> Axis {
            Axis(
                outcome: outcome, sign: space.outcomes[outcome].sign,
                isRelative: known.allSatisfy { $0.outcomes[outcome].relative != nil })
        }
        let x = axis(state.horizontalOutcome)
        let y = axis(state.verticalOutcome)
        func point(_ evaluation: PolicyEvaluation) -> PlotCanvas.Point? {
            guard let horizontal = x.value(evaluation), let vertical = y.value(evaluation) else { return nil }
            return PlotCanvas.Point(horizontal, vertical)
        }
        let kept = (state.front?.points ?? []).compactMap { stored -> PlotCanvas.Point? in
            guard let horizontal = x.value(stored, control: state.armEvaluations.first),
                let vertical = y.value(stored, control: state.armEvaluations.first)
            else { return nil }
            return PlotCanvas.Point(horizontal, vertical)
        }
        let points = known.compactMap(point) + kept
        guard !points.isEmpty else {
            frame.write("the front will be drawn here", x: rect.x + 2, y: rect.y + 1, style: .secondary, in: rect)
            return
        }
        var plot = PlotCanvas(
            x: plotAxis(x, space, points.map(\.x) + [0], vertical: false),
            y: plotAxis(y, space, points.map(\.y) + [0], vertical: true))
        guides(&plot, x, y, space)
        plot.points(visible.compactMap(\.tune).compactMap(point) + kept, style: .plotPoint)
        let front = Dominance.front(points.map { [x.sign * $0.x, y.sign * $0.y] }).map { points[$0] }
        plot.staircase(front, style: .plotFront)
        for (arm, evaluation) in state.armEvaluations.enumerated() {
            guard let place = point(evaluation) else { continue }
            if arm == 0 {
                plot.mark("0", at: place, style: .text)
            } else {
                plot.mark(frame.glyphs.times, at: place, style: .series(arm))
                plot.label(TextWidth.truncate(space.arms[arm], to: 10), at: place, style: .secondary)
            }
        }
        marks(&plot, state, visible, point, x, y, frame.glyphs)
        plot.draw(in: rect, of: &frame)
    }

    private static func plotAxis(_ axis: Axis, _ space: PolicySpace, _ values: [Double], vertical: Bool) -> PlotAxis {
        let outcome = space.outcomes[axis.outcome]
        let better = outcome.direction == .maximize ? "higher" : "lower"
        return PlotAxis(
            PlotAxis.range(of: values, margin: 0.08), isReversed: outcome.direction == .minimize,
            title: "\(outcome.name)\(axis.isRelative ? " %" : ""), \(better) is better")
    }

    private static func guides(_ plot: inout PlotCanvas, _ x: Axis, _ y: Axis, _ space: PolicySpace) {
        func bound(_ axis: Axis) -> Double? {
            switch space.outcomes[axis.outcome].threshold {
            case .relative(let least) where axis.isRelative: 100 * axis.sign * least
            case .absolute(let least) where !axis.isRelative: axis.sign * least
            default: nil
            }
        }
        if let limit = bound(x) { plot.verticalGuide(at: limit, style: .limit) }
        if let limit = bound(y) { plot.horizontalGuide(at: limit, style: .limit) }
    }

    private static func marks(
        _ plot: inout PlotCanvas, _ state: WorkbenchState, _ visible: [Candidate],
        _ point: (PolicyEvaluation) -> PlotCanvas.Point?, _ x: Axis, _ y: Axis, _ glyphs: GlyphSet
    ) {
        if let now = state.evaluation.flatMap(point) { plot.mark(glyphs.knob, at: now, style: .accent) }
        for candidate in visible where state.isPicked(candidate) {
            if let place = candidate.tune.flatMap(point) { plot.mark(glyphs.pick, at: place, style: .plotPick) }
        }
        guard let focused = state.focused, let evaluation = focused.tune, let place = point(evaluation) else { return }
        if let across = x.interval(evaluation), let up = y.interval(evaluation) {
            plot.line([PlotCanvas.Point(across.low, place.y), PlotCanvas.Point(across.high, place.y)], style: .focus)
            plot.line([PlotCanvas.Point(place.x, up.low), PlotCanvas.Point(place.x, up.high)], style: .focus)
        }
        plot.mark(focused.name.unicodeScalars.first ?? "*", at: place, style: .focus.bold)
    }
}

/// Candidates along the front, with their intervals.
enum CandidateList {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let visible = state.listedCandidates
        if visible.isEmpty, !state.filter.isEmpty {
            frame.write(" CANDIDATES  none with \"\(state.filter)\"", in: rect, row: 0, style: .secondary)
            return
        }
        guard !visible.isEmpty else {
            frame.write(" CANDIDATES  none yet", in: rect, row: 0, style: .secondary)
            frame.write(" s searches the front,", in: rect, row: 2, style: .text)
            frame.write(" a on Policy adds one", in: rect, row: 3, style: .text)
            return
        }
        let filtered = state.filter.isEmpty ? "" : " with \"\(state.filter)\""
        frame.write(" CANDIDATES  \(visible.count)\(filtered)", in: rect, row: 0, style: .secondary)
        let glyphs = frame.glyphs
        let names = [state.verticalOutcome, state.horizontalOutcome]
        let column = max(9, (rect.width - 9) / 2)
        let heading = names.map { j in
            StyledText(TextWidth.truncate(space.outcomes[j].name, to: column - 1), .secondary).padded(
                to: column, align: .right)
        }
        frame.write(heading.reduce(StyledText("     ")) { $0 + $1 } + StyledText(" lim", .secondary), in: rect, row: 1)
        let place = visible.firstIndex { $0.id == state.focused?.id } ?? 0
        let room = rect.height - 2
        let offset = max(0, min(place - room / 2, visible.count - room))
        for (row, candidate) in visible.dropFirst(offset).prefix(room).enumerated() {
            let isFocused = candidate.id == state.focused?.id
            var text = StyledText(isFocused ? String(glyphs.focus) : " ", .focus)
            text += StyledText(candidate.name, isFocused ? .focus.bold : .text).padded(to: 3)
            text += StyledText(state.isPicked(candidate) ? String(glyphs.pick) : " ", .plotPick)
            for j in names {
                text +=
                    (candidate.tune.map { OutcomePane.change($0.outcomes[j], sign: space.outcomes[j].sign, glyphs) }
                    ?? StyledText("")).padded(to: column, align: .right)
            }
            if let verdict = candidate.tune?.limits { text += StyledText(" ") + Limits.mark(verdict).text(glyphs) }
            frame.write(text, in: rect, row: row + 2)
            frame.mark(.row(row + offset), rect.row(row + 2))
        }
    }
}

/// The focused candidate: where it came from, confirm beside tune, its parameters, and what the picks keep.
enum CandidateDetails {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        guard let candidate = state.focused else { return }
        frame.horizontalRule(y: rect.y, from: rect.x - 1, to: rect.maxX - 1, style: .border)
        var lines: [StyledText] = []
        let origin =
            switch candidate.origin {
            case .hand: "added by hand"
            case .search(let number): "found by search \(number)"
            }
        lines.append(StyledText(" \(candidate.name)", .title) + StyledText("  \(origin)", .secondary))
        if state.isPicked(candidate), let confirm = candidate.confirm {
            lines.append(StyledText(" confirm split, looks \(state.looks)", .secondary))
            for (outcome, described) in zip(confirm.outcomes, space.outcomes) {
                var line = StyledText("  " + TextWidth.truncate(outcome.name, to: 9)).padded(to: 12)
                line += OutcomePane.change(outcome, sign: described.sign, frame.glyphs)
                if let verdict = outcome.limit { line += StyledText(" ") + Limits.mark(verdict).text(frame.glyphs) }
                lines.append(line)
            }
        } else {
            lines.append(StyledText(" confirm: Space picks, opens it", .secondary))
        }
        func parameters(_ letter: String, _ names: [String], _ values: [Double]) -> StyledText {
            let parts = zip(names, values).filter { $0.1 != 0 }.map { "\($0) \(Wording.number($1))" }
            return StyledText(" \(letter) ", .secondary) + StyledText(parts.joined(separator: "  "))
        }
        lines.append(
            parameters("w", space.outcomes.dropFirst().map(\.name), Array(candidate.knobs.weights.dropFirst())))
        lines.append(parameters("b", space.arms, candidate.knobs.biases))
        if let kept = kept(state, space) { lines.append(kept) }
        for (row, line) in lines.prefix(rect.height - 1).enumerated() {
            frame.write(line, in: rect, row: row + 1)
        }
    }

    /// How much of the candidates' hypervolume the picks keep.
    private static func kept(_ state: WorkbenchState, _ space: PolicySpace) -> StyledText? {
        guard let front = state.front, !state.decisions.picked.isEmpty else { return nil }
        let reference = space.outcomes.map { $0.sign * (front.reference[$0.name] ?? 0) }
        func volume(_ candidates: [Candidate]) -> Double {
            Hypervolume.of(
                candidates.compactMap { candidate in
                    candidate.tune.map { tune in
                        zip(space.outcomes, tune.outcomes).map { $0.sign * ($1.value ?? -.infinity) }
                    }
                }, reference: reference)
        }
        let visible = state.visibleCandidates
        let picked = visible.filter(state.isPicked)
        guard front.hypervolume > 0 else { return nil }
        return StyledText(" \(picked.count) picks keep ", .secondary)
            + StyledText(Wording.percent(volume(picked) / front.hypervolume)) + StyledText(" of the front", .secondary)
    }
}
