import Foundation
import Frames
import Policies
import Studies
import Texts

/// What moves what: per knob the values between which at most one percent of the units change arm, and what one percent more
/// of it does to every outcome.
enum MovesPane {
    /// "+0.004▲" and a space; wider where the outcome's name is.
    private static func column(_ outcome: PolicySpace.Outcome) -> Int {
        min(max(8, TextWidth.width(of: outcome.name) + 1), 14)
    }

    static func lines(
        _ sensitivity: Sensitivity, _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace,
        in rect: Rect, _ glyphs: GlyphSet
    ) -> [StyledText] {
        let range = rect.width >= 70 ? 20 : 13
        let name = rect.width >= 70 ? 16 : 11
        let outcomes = outcomes(state, space, room: rect.width - name - range)
        let share = NumberText.percent(sensitivity.allowedShare, 0)
        var head = StyledText(" knob", .secondary).padded(to: name)
        head += StyledText("same arms", .secondary).padded(to: range, align: .right)
        for j in outcomes {
            let column = column(space.outcomes[j])
            let text = space.outcome(j, to: column - 1, glyphs)
            head += StyledText(text, .secondary).padded(to: column, align: .right)
        }
        var notes = CandidatePane.sentence(
            "same arms: values that give another arm to at most \(share) of the units, other knobs held",
            width: rect.width)
        notes += CandidatePane.sentence(
            "outcomes: their change in % for 1% more of the knob"
                + (sensitivity.parameters.contains(where: \.isOfUnit)
                    ? "; a knob at 0 moves by 1% of its track's unit" : ""),
            width: rect.width)
        if outcomes.count < space.outcomeCount {
            notes += CandidatePane.sentence(
                "\(outcomes.count) of \(space.outcomeCount) outcomes; x and y choose others", width: rect.width)
        }
        let title =
            StyledText(" WHAT MOVES WHAT", .title) + StyledText("  around \(candidate.name), on tune", .secondary)
        let room = max(1, rect.height - 2 - notes.count)
        var rows = shown(sensitivity, room: room).map { parameter -> StyledText in
            var line = StyledText(" ") + label(parameter.knob, space, width: name - 1, glyphs)
            line = line.padded(to: name)
            line += StyledText(between(parameter, width: range - 1, glyphs)).padded(to: range, align: .right)
            for j in outcomes {
                line += elasticity(parameter, j, sensitivity, space, glyphs).padded(
                    to: column(space.outcomes[j]), align: .right)
            }
            return line
        }
        let left = sensitivity.parameters.count - rows.count
        if left > 0 { rows[rows.count - 1] = StyledText(" \(left + 1) more knobs move fewer units", .secondary) }
        return [title, head] + rows + notes
    }

    /// Those on the axes first, in the order of the space.
    private static func outcomes(_ state: WorkbenchState, _ space: PolicySpace, room: Int) -> [Int] {
        let axes = [state.front.verticalOutcome, state.front.horizontalOutcome]
        var taken: [Int] = []
        var width = 0
        for j in axes + space.outcomes.indices where !taken.contains(j) {
            width += column(space.outcomes[j])
            if width > room, !taken.isEmpty { break }
            taken.append(j)
        }
        return taken.sorted()
    }

    /// All of them, or those that move most units, in the order of the knobs.
    private static func shown(_ sensitivity: Sensitivity, room: Int) -> [Sensitivity.Parameter] {
        let all = sensitivity.parameters
        guard all.count > room else { return all }
        let order = all.indices.sorted { a, b in
            all[a].changedShare != all[b].changedShare ? all[a].changedShare > all[b].changedShare : a < b
        }
        return Set(order.prefix(room)).sorted().map { all[$0] }
    }

    /// "w ctr", "b cap_low", "α ctr", as the estimates name them.
    private static func label(_ knob: Knob, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet) -> StyledText {
        let (letter, text) =
            switch knob {
            case .weight(let j): ("w", space.outcomes[j].name)
            case .bias(let i): ("b", space.arms[i])
            case .shrinkage(let j): ("α", space.outcomes[j].name)
            }
        return StyledText("\(letter) ", .secondary)
            + StyledText(TextWidth.truncate(text, to: max(1, width - 2), ellipsis: glyphs.ellipsis))
    }

    /// "2.10…3.30" in as many digits as fit.
    private static func between(_ parameter: Sensitivity.Parameter, width: Int, _ glyphs: GlyphSet) -> String {
        let (low, high) = (parameter.low, parameter.high)
        func text(_ bound: (Double) -> String) -> String {
            switch (low.isFinite, high.isFinite) {
            case (false, false): "any value"
            case (false, true): "to \(bound(high))"
            case (true, false): "from \(bound(low))"
            case (true, true): "\(bound(low))\(glyphs.ellipsis)\(bound(high))"
            }
        }
        let texts = [3, 2, 1].map { digits in
            text { $0 == 0 ? "0" : $0 == 1 ? "1" : NumberText.significant($0, digits) }
        }
        // Two small numbers of one sign need powers of ten to stand in a narrow column.
        return texts.first { TextWidth.width(of: $0) <= width }
            ?? text { String(format: "%.0e", $0).replacing("e-0", with: "e-").replacing("e+0", with: "e") }
    }

    /// Percent of the outcome for one percent of the knob, with what its interval says of it.
    private static func elasticity(
        _ parameter: Sensitivity.Parameter, _ j: Int, _ sensitivity: Sensitivity, _ space: PolicySpace,
        _ glyphs: GlyphSet
    ) -> StyledText {
        guard let change = parameter.changes?[j] else { return StyledText("n/a ", .secondary) }
        guard change.value != 0 else { return StyledText("0 ", .secondary) }
        let verdict = Verdict(change, sign: space.outcomes[j].sign)
        let text: String
        if let percent = sensitivity.elasticity(parameter, outcome: j) {
            text = NumberText.signed(percent, abs(percent) < 9.9995 ? 3 : abs(percent) < 99.95 ? 2 : 0)
        } else {
            text = Wording.signedShort(change.value)
        }
        return StyledText(text, verdict.style) + verdict.mark(glyphs)
    }
}
