import Frames
import Frontier
import Policies
import Studies
import Texts

/// The search that found the front: its hypervolume by passes and seconds, with and without biases.
enum SearchPane {
    static func lines(_ state: WorkbenchState, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet) -> [StyledText] {
        guard let front = state.facts.front else {
            return [
                StyledText(" SEARCH", .title),
                StyledText(" none yet: s searches, S inside the limits only", .secondary),
            ]
        }
        let hasLimits = space.hasLimits
        let isInside = front.settings?.feasible == true
        var lines = [
            StyledText(" SEARCH \(front.search)", .title)
                + StyledText(front.settings.map { "  \($0.method.rawValue), seed \($0.seed)" } ?? "", .secondary)
        ]
        if isInside {
            lines += CandidatePane.sentence(
                "spent inside the limits: only policies whose estimates keep every limit count", width: width, .good)
        } else if hasLimits {
            lines += CandidatePane.sentence(
                "spent everywhere, limits or not; S searches inside the limits only", width: width)
        }
        lines.append(StyledText(""))
        lines += trace(state.results[.searchTrace], front, width: width, glyphs)
        lines.append(StyledText(""))
        lines += volumes(front, width: width, glyphs)
        return lines
    }

    private static func trace(
        _ trace: [TracePoint], _ front: FrontRecord, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        guard let last = trace.last, trace.count > 1 else {
            return CandidatePane.sentence(
                "its course is known only in the sitting that searched; s searches anew", width: width)
        }
        let label = 14
        let columns = max(8, min(60, width - label - 12))
        // At every column the last point that had been reached by then: passes and seconds run evenly.
        func course(_ place: (TracePoint) -> Double) -> [Double] {
            (0..<columns).map { column in
                let at = place(last) * Double(column + 1) / Double(columns)
                return trace.last { place($0) <= at }?.hypervolume ?? .nan
            }
        }
        func line(_ name: String, _ values: [Double], _ end: String) -> StyledText {
            StyledText(" \(name)", .secondary).padded(to: label)
                + Sparkline(values, style: .plotFront).text(width: columns, glyphs: glyphs) + StyledText(" \(end)")
        }
        let passes = NumberText.grouped(last.evaluations)
        var lines = [
            StyledText(" HYPERVOLUME", .title) + StyledText("  by passes over the units, by seconds", .secondary),
            line("0 passes", course { Double($0.evaluations) }, passes),
            line("0 s", course(\.seconds), "\(NumberText.significant(last.seconds, 2)) s"),
        ]
        let marks = [0.9, 0.99].compactMap { share in
            trace.first { $0.hypervolume >= share * last.hypervolume }.map { point in
                "\(NumberText.percent(share, 0)) after \(NumberText.grouped(point.evaluations)) passes"
            }
        }
        lines += CandidatePane.sentence("reached " + marks.joined(separator: ", "), width: width)
        return lines
    }

    private static func volumes(_ front: FrontRecord, width: Int, _ glyphs: GlyphSet) -> [StyledText] {
        let (line, dots) = glyphs.hasBraille ? ("⠒⠒", "⠂⠂") : ("--", "::")
        func row(_ mark: StyledText, _ name: String, _ volume: Double, _ policies: Int, _ share: String) -> StyledText {
            (StyledText(" ") + mark + StyledText(" \(name)")).padded(to: 18)
                + StyledText(NumberText.significant(volume, 3)).padded(to: 9, align: .right)
                + StyledText(share).padded(to: 6, align: .right)
                + StyledText("\(NumberText.grouped(policies)) policies", .secondary).padded(to: 15, align: .right)
        }
        var lines = [
            StyledText("").padded(to: 18) + StyledText("hypervolume", .secondary).padded(to: 9, align: .right)
        ]
        lines.append(
            row(StyledText(line, .plotFront), "with biases", front.hypervolume, front.points.count, "100%"))
        guard let alone = front.weightsOnly else {
            return lines + CandidatePane.sentence("the weights alone were not searched", width: width)
        }
        let share = front.hypervolume > 0 ? Wording.percent(alone.hypervolume / front.hypervolume) : ""
        lines.append(row(StyledText(dots, .bar), "weights alone", alone.hypervolume, alone.points.count, share))
        return lines + CandidatePane.sentence("W draws the weights alone, or leaves them out", width: width)
    }
}
