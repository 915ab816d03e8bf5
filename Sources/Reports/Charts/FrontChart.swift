import Frontier
import Policies
import Studies
import Texts

/// The trade-off between two outcomes: candidates, the attained set as a staircase, single arms, picks with intervals.
/// Better is up and to the right, whatever the directions of the outcomes.
struct FrontChart {
    private let study: Study
    private let horizontal: Int
    private let vertical: Int
    private let frame = (left: 64.0, right: 700.0, top: 28.0, bottom: 392.0)

    init(_ study: Study, horizontal: Int, vertical: Int) {
        self.study = study
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// nil where nothing can be drawn.
    /// - Parameters:
    ///   - arms: every arm given to everyone, control first.
    ///   - front: policies kept by their values alone.
    func element(candidates: [Candidate], arms: [PolicyEvaluation], front: [FrontPoint]) -> Element? {
        let tuned = candidates.compactMap { candidate in candidate.tune.map { (candidate, $0) } }
        let all = tuned.map(\.1) + arms
        let x = FrontAxis(horizontal, in: study.space, of: all)
        let y = FrontAxis(vertical, in: study.space, of: all)
        let picks = tuned.filter(\.0.isPicked)
        let kept = front.compactMap { point -> Plotted? in
            guard let across = x.value(point, control: arms.first), let up = y.value(point, control: arms.first) else {
                return nil
            }
            return Plotted(across: across, up: up)
        }
        let across =
            all.compactMap(x.value) + kept.map(\.across)
            + picks.compactMap { x.interval($0.1) }.flatMap { [$0.low, $0.high] }
        let upward =
            all.compactMap(y.value) + kept.map(\.up)
            + picks.compactMap { y.interval($0.1) }.flatMap { [$0.low, $0.high] }
        guard !across.isEmpty, !upward.isEmpty else { return nil }
        let xs = scale(x, across, frame.left, frame.right)
        let ys = scale(y, upward, frame.bottom, frame.top)
        var parts = axes(x, y, xs, ys)
        let drawn = tuned.compactMap { plotted($0.1, x, y) } + kept
        parts += drawn.map { Coordinate.circle(xs.place($0.across), ys.place($0.up), radius: 2, "point") }
        parts += staircase(drawn, x, y, xs, ys)
        let crosses = arms.map { place($0, x, y, xs, ys) }
        parts += crosses.compactMap { $0.map { cross($0.x, $0.y) } }
        for (_, evaluation) in picks {
            guard let place = place(evaluation, x, y, xs, ys) else { continue }
            if let reach = x.interval(evaluation) {
                parts.append(Coordinate.line(xs.place(reach.low), place.y, xs.place(reach.high), place.y, "interval"))
            }
            if let reach = y.interval(evaluation) {
                parts.append(Coordinate.line(place.x, ys.place(reach.low), place.x, ys.place(reach.high), "interval"))
            }
            parts.append(Coordinate.circle(place.x, place.y, radius: 5, "dot"))
        }
        parts += labels(
            picks.map { (place($0.1, x, y, xs, ys), $0.0.name) }, arms: zip(crosses, study.space.arms).map { ($0, $1) })
        return Element(
            "svg",
            [
                "viewBox": "0 0 720 440", "width": "720", "height": "440", "role": "img", "class": "tradeoff",
                "aria-label": alternative(x, y, drawn: drawn.count, picks: picks.map(\.0.name)),
            ], parts)
    }

    /// What the chart shows, for those who do not see it.
    private func alternative(_ x: FrontAxis, _ y: FrontAxis, drawn: Int, picks: [String]) -> String {
        "Trade-off between \(y.outcome.name) (up) and \(x.outcome.name) (across), changes against control on tune units: "
            + "\(drawn) policies, the single arms \(study.space.arms.joined(separator: ", "))"
            + (picks.isEmpty ? "" : ", and the picks \(picks.joined(separator: ", "))")
    }

    /// Names of picks, then of arms, clear of each other.
    private func labels(
        _ picks: [(place: (x: Double, y: Double)?, name: String)],
        arms: [(place: (x: Double, y: Double)?, name: String)]
    ) -> [Element] {
        var free = LabelPlacement(left: frame.left, right: frame.right, top: frame.top, bottom: frame.bottom)
        for case let place? in (picks + arms).map(\.place) { free.avoid(place.x, place.y, reach: 5) }
        func label(_ entry: (place: (x: Double, y: Double)?, name: String), isArm: Bool) -> Element? {
            guard let point = entry.place else { return nil }
            let place = free.place(entry.name, at: point.x, point.y)
            return Coordinate.label(entry.name, place.x, place.y, anchor: place.anchor, soft: isArm)
        }
        return picks.compactMap { label($0, isArm: false) } + arms.compactMap { label($0, isArm: true) }
    }

    /// Turned round for an outcome of which less is better.
    private func scale(_ axis: FrontAxis, _ values: [Double], _ worse: Double, _ better: Double) -> ChartScale {
        let values = values + [0] + (axis.limit.map { [$0] } ?? [])
        return axis.outcome.sign > 0
            ? ChartScale(fitting: values, from: worse, to: better)
            : ChartScale(fitting: values, from: better, to: worse)
    }

    private func place(
        _ evaluation: PolicyEvaluation, _ x: FrontAxis, _ y: FrontAxis, _ xs: ChartScale, _ ys: ChartScale
    ) -> (x: Double, y: Double)? {
        plotted(evaluation, x, y).map { (xs.place($0.across), ys.place($0.up)) }
    }

    /// A policy's changes on the two axes.
    private struct Plotted {
        let across: Double
        let up: Double
    }

    private func plotted(_ evaluation: PolicyEvaluation, _ x: FrontAxis, _ y: FrontAxis) -> Plotted? {
        guard let across = x.value(evaluation), let up = y.value(evaluation) else { return nil }
        return Plotted(across: across, up: up)
    }

    private func title(_ axis: FrontAxis) -> String {
        let unit = axis.isRelative ? "change of \(axis.outcome.name) in %" : "change of \(axis.outcome.name)"
        return unit + (axis.outcome.sign > 0 ? ", higher is better" : ", lower is better")
    }

    private func axes(_ x: FrontAxis, _ y: FrontAxis, _ xs: ChartScale, _ ys: ChartScale) -> [Element] {
        var parts: [Element] = []
        let across = NiceTicks(in: xs.range, about: 6)
        for tick in across.values {
            let place = xs.place(tick)
            parts.append(Coordinate.line(place, frame.top, place, frame.bottom, "axis"))
            parts.append(Coordinate.label(NumberText.fixed(tick, across.decimals), place, frame.bottom + 17))
        }
        let upward = NiceTicks(in: ys.range, about: 5)
        for tick in upward.values {
            let place = ys.place(tick)
            parts.append(Coordinate.line(frame.left, place, frame.right, place, "axis"))
            parts.append(
                Coordinate.label(NumberText.fixed(tick, upward.decimals), frame.left - 8, place + 4, anchor: "end"))
        }
        parts.append(Coordinate.line(xs.place(0), frame.top, xs.place(0), frame.bottom, "zero"))
        parts.append(Coordinate.line(frame.left, ys.place(0), frame.right, ys.place(0), "zero"))
        if let limit = x.limit {
            let place = xs.place(limit)
            parts.append(Coordinate.line(place, frame.top, place, frame.bottom, "limit"))
            parts.append(Coordinate.label("limit", place, frame.top - 4))
        }
        if let limit = y.limit {
            let place = ys.place(limit)
            parts.append(Coordinate.line(frame.left, place, frame.right, place, "limit"))
            parts.append(Coordinate.label("limit", frame.right, place - 4, anchor: "end"))
        }
        parts.append(Coordinate.label(title(x), (frame.left + frame.right) / 2, frame.bottom + 38))
        parts.append(Coordinate.label(title(y), frame.left, frame.top - 16, anchor: "start"))
        return parts
    }

    /// The border of what the candidates attain in these two outcomes.
    private func staircase(
        _ plotted: [Plotted], _ x: FrontAxis, _ y: FrontAxis, _ xs: ChartScale, _ ys: ChartScale
    ) -> [Element] {
        let values = plotted.map { [x.outcome.sign * $0.across, y.outcome.sign * $0.up] }
        let steps = Dominance.front(values).map { values[$0] }.sorted { $0[0] < $1[0] }
        guard let first = steps.first else { return [] }
        func across(_ step: [Double]) -> String { Coordinate.text(xs.place(x.outcome.sign * step[0])) }
        func up(_ step: [Double]) -> String { Coordinate.text(ys.place(y.outcome.sign * step[1])) }
        var path = "M\(Coordinate.text(frame.left)) \(up(first))"
        for step in steps { path += "V\(up(step))H\(across(step))" }
        path += "V\(Coordinate.text(frame.bottom))"
        return [Element("path", ["d": path, "class": "front"])]
    }

    private func cross(_ x: Double, _ y: Double) -> Element {
        let (left, right) = (Coordinate.text(x - 4), Coordinate.text(x + 4))
        let (top, bottom) = (Coordinate.text(y - 4), Coordinate.text(y + 4))
        return Element(
            "path", ["d": "M\(left) \(top)L\(right) \(bottom)M\(left) \(bottom)L\(right) \(top)", "class": "arm"])
    }
}
