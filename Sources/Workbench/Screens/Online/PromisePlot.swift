import Experiments
import Frames
import Online
import Statistics
import Studies
import Texts

/// What came out online against what the log promised, both as differences from control: every policy with its intervals, York's
/// line, and the diagonal on which promises hold. Better is up and right.
enum PromisePlot {
    static func draw(
        _ policies: [OnlinePolicy], outcome j: Int, line: RoundReading.Line?, focus: Int, in rect: Rect,
        of frame: inout Frame
    ) {
        guard let outcome = policies.first.map({ $0.outcomes[j] }) else { return }
        let points = policies.enumerated().compactMap { index, policy -> Spot? in
            Spot(policy, policy.outcomes[j], isFocused: index == focus)
        }
        let rows = rect.height >= 10 ? 2 : 1
        // In fewer words where the whole sentence has no room.
        let wordings = (line.map { [OnlineAdvice.line($0), OnlineAdvice.shortLine($0)] } ?? []).map {
            TextWidth.wrap($0, to: max(10, rect.width - 2))
        }
        let sentence = wordings.first { $0.count <= rows } ?? wordings.last ?? []
        let (plot, foot) = rect.splitBottom(min(sentence.count, rows))
        for (row, words) in sentence.prefix(foot.height).enumerated() {
            frame.write(" " + words, in: foot, row: row, style: line?.line == nil ? .secondary : .plotFront)
        }
        guard !points.isEmpty else {
            frame.write(
                StyledText(" online: \(outcome.name)", .secondary), in: plot,
                row: 0)
            return bars(policies, j, focus: focus, in: plot.inset(top: 1), of: &frame)
        }
        var canvas = canvas(points, outcome, isNarrow: rect.width < 32, glyphs: frame.glyphs)
        canvas.horizontalGuide(at: 0, style: .border)
        canvas.verticalGuide(at: 0, style: .border)
        let (low, high) = (canvas.x.range.lowerBound, canvas.x.range.upperBound)
        canvas.line([PlotCanvas.Point(low, low), PlotCanvas.Point(high, high)], style: .bar, isDotted: true)
        if let york = line?.line {
            canvas.line(
                [low, high].map { PlotCanvas.Point($0, york.intercept + york.slope * $0) }, style: .plotFront)
        }
        for spot in points where !spot.isFocused {
            canvas.line(
                [PlotCanvas.Point(spot.across.low, spot.y), PlotCanvas.Point(spot.across.high, spot.y)],
                style: .plotPoint)
            canvas.line(
                [PlotCanvas.Point(spot.x, spot.up.low), PlotCanvas.Point(spot.x, spot.up.high)], style: .plotPoint)
        }
        canvas.mark("0", at: PlotCanvas.Point(0, 0), style: .text.bold)
        marks(&canvas, points, frame.glyphs)
        canvas.draw(in: plot, of: &frame)
        legend(hasLine: line?.line != nil, width: plot.width - 2, title: outcome.name, in: plot, of: &frame)
    }

    /// A policy on the plane.
    private struct Spot {
        let name: String
        let isCandidate: Bool
        let isFocused: Bool
        let x: Double
        let y: Double
        let across: Interval
        let up: Interval
        let verdict: Verdict

        init?(_ policy: OnlinePolicy, _ outcome: OnlinePolicy.Outcome, isFocused: Bool) {
            guard let promise = outcome.promise, let across = promise.interval, let difference = outcome.difference,
                let up = difference.interval
            else { return nil }
            (name, isCandidate, self.isFocused) = (policy.name, policy.isCandidate, isFocused)
            (x, y, self.across, self.up) = (promise.value, difference.value, across, up)
            verdict = Verdict(difference, sign: outcome.sign)
        }
    }

    private static func canvas(
        _ points: [Spot], _ outcome: OnlinePolicy.Outcome, isNarrow: Bool, glyphs: GlyphSet
    ) -> PlotCanvas {
        let isReversed = outcome.sign < 0
        return PlotCanvas(
            x: PlotAxis(
                PlotAxis.range(of: points.flatMap { [$0.across.low, $0.across.high] } + [0]), isReversed: isReversed,
                title: "\(isNarrow ? "" : "promised ")by the log \(glyphs.rightArrow)"),
            y: PlotAxis(
                PlotAxis.range(of: points.flatMap { [$0.up.low, $0.up.high] } + [0]), isReversed: isReversed,
                title: " online: \(outcome.name)"))
    }

    private static func marks(_ canvas: inout PlotCanvas, _ points: [Spot], _ glyphs: GlyphSet) {
        if let focused = points.first(where: \.isFocused) {
            canvas.whisker(
                at: PlotCanvas.Point(focused.x, focused.y), across: focused.across.low...focused.across.high,
                up: focused.up.low...focused.up.high, style: .accent)
        }
        // The policy with the cursor last, on top of the others.
        for spot in points.filter({ !$0.isFocused }) + points.filter(\.isFocused) {
            let place = PlotCanvas.Point(spot.x, spot.y)
            let style = spot.isFocused ? Style.focus.bold : spot.verdict == .unsure ? .plotPick : spot.verdict.style
            canvas.mark(spot.isCandidate ? glyphs.pick : glyphs.times, at: place, style: style)
            let name = spot.isCandidate ? spot.name : spot.name.replacing("everyone ", with: "")
            canvas.label(TextWidth.truncate(name, to: 10), at: place, style: style)
        }
    }

    /// Which line is which, by its dots as well as by its role; left out where the title needs the room.
    private static func legend(hasLine: Bool, width: Int, title: String, in rect: Rect, of frame: inout Frame) {
        let (line, dots) = frame.glyphs.hasBraille ? ("⠒⠒", "⠂⠂") : ("**", "::")
        let kept = StyledText(dots, .bar) + StyledText(" kept ", .secondary)
        let york = StyledText(line, .plotFront) + StyledText(" York ", .secondary)
        let room = width - TextWidth.width(of: title) - 9
        let wordings = hasLine ? [kept + york, kept] : [kept]
        if let text = wordings.first(where: { $0.width <= room }) {
            frame.write(text, in: rect, row: 0, align: .right)
        }
    }

    /// Where the log promised nothing: intervals side by side.
    private static func bars(
        _ policies: [OnlinePolicy], _ j: Int, focus: Int, in rect: Rect, of frame: inout Frame
    ) {
        let bars = OnlinePolicyTable.bars(policies.map { $0.outcomes[j] })
        let name = min(18, max(6, policies.map { TextWidth.width(of: $0.name) }.max() ?? 6))
        let width = max(8, rect.width - name - 5)
        let window = ScrollWindow(count: policies.count, focus: focus, room: rect.height)
        for (row, index) in window.shown.enumerated() where !bars.isEmpty {
            let text =
                StyledText(" ") + frame.glyphs.focusMark(index == focus)
                + StyledText(
                    TextWidth.shorten(
                        policies[index].name, among: policies.lazy.map(\.name), to: name,
                        ellipsis: frame.glyphs.ellipsis),
                    index == focus ? .focus.bold : .text
                ).padded(to: name + 1)
            frame.write(
                text + (bars[index]?.text(width: width, glyphs: frame.glyphs) ?? StyledText("")), in: rect, row: row)
        }
    }
}
