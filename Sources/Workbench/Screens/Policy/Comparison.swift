import Frames
import Policies
import Studies
import Texts

/// What the policy is held against besides control: the pinned policy where there is one, else its own estimate on confirm
/// where it is a picked candidate, else the best single arm.
struct Comparison {
    let heading: String
    let headingStyle: Style
    private let rows: [StyledText]

    init(_ evaluation: PolicyEvaluation, _ state: WorkbenchState, _ glyphs: GlyphSet) {
        let outcomes = evaluation.outcomes.indices
        let knobs = state.decisions.knobs
        if state.decisions.pinned != nil, state.decisions.pinned != knobs {
            let allInPoints = evaluation.outcomes.allSatisfy { $0.relative != nil }
            heading = "less pin \(state.decisions.pins.count)" + (allInPoints ? ", points of the change" : "")
            headingStyle = .plotPinned
            rows = outcomes.map { Self.lessPinned(evaluation, state.pinnedEvaluation, $0) }
        } else if let candidate = state.facts.candidates.first(where: { state.isPicked($0) && $0.isMade(by: knobs) }),
            let confirm = candidate.confirm
        {
            heading =
                "on confirm, candidate \(candidate.name), \(state.facts.looks) look\(state.facts.looks == 1 ? "" : "s") so far"
            headingStyle = .accent
            rows = outcomes.map { j in
                let sign = state.space?.outcomes[j].sign ?? 1
                return OutcomePane.change(confirm.outcomes[j], sign: sign, glyphs)
            }
        } else {
            let hasLimits = state.space?.hasLimits == true
            heading = "vs \(evaluation.bestArm), best \(hasLimits ? "arm, limits by estimates" : "single arm")"
            headingStyle = .secondary
            rows = evaluation.outcomes.map { Self.lessBestArm($0, glyphs) }
        }
    }

    /// - Parameter width: columns before the change.
    func line(_ row: Int, _ space: PolicySpace, _ width: Int, _ glyphs: GlyphSet) -> StyledText {
        let label = space.outcome(row, to: min(22, width - 2), glyphs)
        return (StyledText(" ") + StyledText(label, .secondary)).padded(to: width) + rows[row]
    }

    /// In percent of control where changes are, else in the outcome's unit, with its interval.
    private static func lessBestArm(_ outcome: OutcomeEvaluation, _ glyphs: GlyphSet) -> StyledText {
        guard let change = Wording.changeFromBestArm(outcome) else {
            return StyledText("n/a", .secondary).padded(to: 7, align: .right)
        }
        let isSure = outcome.againstBestArm?.excludesZero == true
        return StyledText(change.value, isSure ? .accent : .text).padded(to: 7, align: .right)
            + StyledText(glyphs.plusMinus + change.reach, .secondary)
    }

    /// In points of the relative change, or in the outcome's unit where changes are.
    private static func lessPinned(
        _ evaluation: PolicyEvaluation, _ pinned: PolicyEvaluation?, _ row: Int
    ) -> StyledText {
        guard let pinned else { return StyledText("estimating", .secondary) }
        let (now, then) = (evaluation.outcomes[row], pinned.outcomes[row])
        let text: String
        if let own = now.relative, let other = then.relative {
            text = NumberText.percent(own.value - other.value, 1, signed: true)
        } else if let own = now.difference, let other = then.difference {
            text = Wording.signed(own.value - other.value)
        } else {
            return StyledText("n/a", .secondary)
        }
        return StyledText(text, .plotPinned).padded(to: 7, align: .right)
    }
}
