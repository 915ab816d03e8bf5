import Frames
import Frontier
import Policies
import Studies
import Texts

/// The focused candidate: where it came from, confirm beside tune, its distance from the anchor, its parameters, and what
/// the picks keep.
enum CandidateDetails {
    /// - Parameter rows: what there is room for; blocks that do not fit whole are left out, the least needed last.
    static func lines(
        _ state: WorkbenchState, _ space: PolicySpace, width: Int, rows: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        guard let candidate = state.focused else { return [] }
        var lines = [title(candidate, state, glyphs)]
        if !candidate.note.isEmpty {
            lines += TextWidth.wrap(candidate.note, to: max(10, width - 3)).prefix(2).map {
                StyledText("  \($0)", .accent)
            }
        }
        lines += estimates(candidate, state, space, width: width, glyphs)
        lines += feasibility(candidate, state, width: width)
        lines += distance(candidate, state, space, width: width, glyphs)
        let knobs = [
            candidate.policy.cohort.map { cohorts($0, state, width: width) } ?? [],
            candidate.policy.ranking.map { ranking($0, state, width: width) } ?? [],
            parameters(
                "w", space.outcomes.dropFirst().map(\.name), Array(candidate.knobs.weights.dropFirst()), width),
            parameters("b", Array(space.arms.dropFirst()), Array(candidate.knobs.biases.dropFirst()), width),
            parameters("α", space.outcomes.map(\.name), candidate.knobs.shrinkage, width),
        ]
        let honesty = CandidateSelectionBias.blocks(candidate, state, width: width, glyphs)
        return CandidatePane.fitting([lines] + knobs + [kept(state, space, glyphs)] + honesty, rows: rows)
    }

    /// What a policy by cohorts divides the units by; its weights are those at which its limits trade.
    private static func cohorts(_ policy: CohortPolicy, _ state: WorkbenchState, width: Int) -> [StyledText] {
        let rules = state.facts.workspace?.table.unitGroups.cohorts(policy.rules)
        let split = policy.shares.count { shares in shares.allSatisfy { $0 < 1 } }
        let words =
            "allocates \(policy.shares.count) \(rules?.kind ?? "") cohorts, \(split) split; 7 shows them, the weights are "
            + "its limits' prices"
        return TextWidth.wrap(words, to: max(10, width - 2)).map { StyledText(" " + $0, .secondary) }
    }

    /// Whom a policy by a ranking targets.
    private static func ranking(_ policy: RankingPolicy, _ state: WorkbenchState, width: Int) -> [StyledText] {
        guard let workspace = state.facts.workspace,
            let rules = workspace.table.unitGroups.ranking(policy.rules)
        else { return [] }
        let words =
            "gives \(workspace.space.arms[policy.arm]) to the best by \(rules.ranker) of \(rules.value) against "
            + "\(rules.cost) (\(rules.budget)); 8 shows what that costs"
        return TextWidth.wrap(words, to: max(10, width - 2)).map { StyledText(" " + $0, .secondary) }
    }

    /// How likely it is that the candidate keeps every limit at once.
    private static func feasibility(_ candidate: Candidate, _ state: WorkbenchState, width: Int) -> [StyledText] {
        guard let probability = state.results[.feasibility][candidate.id] ?? nil else { return [] }
        let style: Style = probability >= 0.95 ? .good : probability < 0.5 ? .bad : .text
        return [
            StyledText(" keeps every limit: ", .secondary)
                + StyledText("\(NumberText.certainty(probability))", style)
        ]
    }

    private static func title(_ candidate: Candidate, _ state: WorkbenchState, _ glyphs: GlyphSet) -> StyledText {
        let origin =
            switch candidate.origin {
            case .hand: "by hand"
            case .search(let number): "search \(number)"
            }
        let looks = candidate.confirm == nil ? "" : " \(glyphs.separator) confirm \(state.facts.looks)\(glyphs.times)"
        return StyledText(" \(candidate.name)", .title) + StyledText("  \(origin)\(looks)", .secondary)
    }

    /// Every outcome on tune, and on confirm once it is picked: the difference is its optimism.
    private static func estimates(
        _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        let confirm = state.isPicked(candidate) ? candidate.confirm : nil
        let name = min(14, max(9, width - 20))
        let column = (width - name - 1) / 2
        func head(_ text: String) -> StyledText {
            StyledText(text, .secondary).padded(to: column - 1, align: .right) + StyledText(" ")
        }
        var lines = [StyledText("").padded(to: name + 1) + head("tune") + head("confirm")]
        for (j, outcome) in space.outcomes.enumerated() {
            var line = StyledText(" " + space.outcome(j, to: name - 1, glyphs))
                .padded(to: name + 1)
            line += cell(candidate.tune?.outcomes[j], outcome, column, glyphs)
            if let confirm {
                line += cell(confirm.outcomes[j], outcome, column, glyphs)
            } else {
                line += StyledText(j == 0 ? "Space pick" : j == 1 ? "opens it" : "", .secondary).padded(
                    to: column - 1, align: .right)
            }
            lines.append(line)
        }
        return lines
    }

    private static func cell(
        _ outcome: OutcomeEvaluation?, _ described: PolicySpace.Outcome, _ width: Int, _ glyphs: GlyphSet
    ) -> StyledText {
        guard let outcome, let change = Wording.change(outcome) else {
            return StyledText("n/a", .secondary).padded(to: width - 1, align: .right) + StyledText(" ")
        }
        let verdict = outcome.difference.map { Verdict($0, sign: described.sign) } ?? .unsure
        let short = Wording.change(outcome, isShort: true) ?? change
        let space = width < 12 ? "" : " "
        func parts(_ change: (value: String, reach: String)) -> (value: String, reach: String) {
            let value = change.value.hasSuffix("%") ? String(change.value.dropLast()) : change.value
            return (value, "\(space)\(glyphs.plusMinus)\(change.reach)")
        }
        let fitting = [change, short].map(parts).first { TextWidth.width(of: $0.value + $0.reach) < width }
        let text =
            fitting.map { StyledText($0.value, verdict.style) + StyledText($0.reach, .secondary) }
            ?? StyledText(parts(short).value, verdict.style)
        return text.padded(to: width - 1, align: .right)
            + (outcome.limit.map { Limits.mark($0).text(glyphs) } ?? StyledText(" "))
    }

    /// What it gains and loses against the candidate the others are measured from, in points of the relative change.
    private static func distance(
        _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        guard let anchor = state.facts.candidates.first(where: { $0.id == state.front.view.anchor }),
            anchor.id != candidate.id,
            let mine = candidate.tune, let theirs = anchor.tune
        else { return [] }
        let parts = space.outcomes.indices.map { j -> String in
            if let a = mine.outcomes[j].relative, let b = theirs.outcomes[j].relative {
                return "\(space.outcomes[j].name) \(NumberText.signed(100 * (a.value - b.value), 1))"
            }
            guard let a = mine.outcomes[j].value, let b = theirs.outcomes[j].value else { return "" }
            return "\(space.outcomes[j].name) \(Wording.signed(a - b))"
        }
        let words = "from \(anchor.name): " + parts.joined(separator: ", ")
        return TextWidth.wrap(words, to: width - 2).map { StyledText(" \($0)", .plotPinned) }
    }

    private static func parameters(_ letter: String, _ names: [String], _ values: [Double], _ width: Int)
        -> [StyledText]
    {
        let parts = zip(names, values).filter { $0.1 != 0 }.map { "\($0)\u{a0}\(Wording.number($1))" }
        guard !parts.isEmpty else { return [] }
        let wrapped = TextWidth.wrap(parts.joined(separator: "  "), to: max(8, width - 4))
        return wrapped.enumerated().map { index, line in
            StyledText(index == 0 ? " \(letter) " : "   ", .secondary) + StyledText(line.replacing("\u{a0}", with: " "))
        }
    }

    /// How much of the front's hypervolume some candidates keep; nil without a front.
    static func share(_ state: WorkbenchState, _ candidates: [Candidate], _ space: PolicySpace) -> Double? {
        guard let front = state.facts.front, front.hypervolume > 0 else { return nil }
        let reference = space.outcomes.map { $0.sign * (front.reference[$0.name] ?? 0) }
        let points = candidates.compactMap { $0.tune?.orientedValues(in: space) }
        return Hypervolume.approximate(points, reference: reference) / front.hypervolume
    }

    /// How much of the front's hypervolume the picks keep, and above which reference point.
    private static func kept(_ state: WorkbenchState, _ space: PolicySpace, _ glyphs: GlyphSet) -> [StyledText] {
        let picked = state.visibleCandidates.filter(state.isPicked)
        guard !picked.isEmpty, let share = share(state, picked, space) else { return [] }
        let moved = state.decisions.reference == nil ? "" : ", from the reference set"
        return [
            StyledText(" \(glyphs.pick)", .plotPick)
                + StyledText(" \(picked.count) keep ", .secondary) + StyledText(Wording.percent(share))
                + StyledText(" of hypervolume\(moved)", .secondary)
        ]
    }
}
