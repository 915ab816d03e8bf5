import Frames
import Policies

/// What the policy is held against besides control: the pinned policy where there is one, else the best single arm.
struct Comparison {
    let heading: String
    let headingStyle: Style
    private let rows: [StyledText]

    init(_ evaluation: PolicyEvaluation, _ state: WorkbenchState) {
        if state.decisions.pinned != nil {
            heading = "less the pinned policy, p unpins"
            headingStyle = .plotPinned
            rows = evaluation.outcomes.indices.map { Self.lessPinned(evaluation, state.pinnedEvaluation, $0) }
        } else {
            heading = "vs \(evaluation.bestArm), best single arm inside limits"
            headingStyle = .secondary
            rows = evaluation.outcomes.map { Self.lessBestArm($0) }
        }
    }

    func line(_ row: Int, _ outcome: PolicySpace.Outcome, _ name: Int) -> StyledText {
        StyledText(" " + TextWidth.truncate(outcome.name, to: name - 1), .secondary).padded(to: name)
            + rows[row].padded(to: 27, align: .right)
    }

    /// In percent of control, with its interval.
    private static func lessBestArm(_ outcome: OutcomeEvaluation) -> StyledText {
        guard let estimate = outcome.againstBestArm, let control = outcome.control, control != 0 else {
            return StyledText("n/a", .secondary)
        }
        let value = NumberText.percent(estimate.value / abs(control), 1, signed: true)
        let reach = estimate.standardError.map { " ±" + NumberText.fixed(196 * $0 / abs(control), 1) } ?? ""
        return StyledText(value, estimate.excludesZero ? .accent : .text) + StyledText(reach, .secondary)
    }

    /// In points of the relative change.
    private static func lessPinned(
        _ evaluation: PolicyEvaluation, _ pinned: PolicyEvaluation?, _ row: Int
    ) -> StyledText {
        guard let now = evaluation.outcomes[row].relative, let then = pinned?.outcomes[row].relative else {
            return StyledText(pinned == nil ? "estimating" : "n/a", .secondary)
        }
        return StyledText(NumberText.percent(now.value - then.value, 1, signed: true), .plotPinned)
    }
}
