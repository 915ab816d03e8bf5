import Policies
import Runtime
import Statistics
import Studies
import Texts

/// How numbers and findings are put into words on the screens.
enum Wording {
    static let arrow = "→"

    static func number(_ value: Double) -> String {
        value == 0 ? "0" : NumberText.significant(value, 3)
    }

    /// As many of at most three digits as fit `width` columns.
    static func number(_ value: Double, fitting width: Int) -> String {
        let texts = [3, 2, 1].map { value == 0 ? "0" : NumberText.significant(value, $0) }
        return texts.first { TextWidth.width(of: $0) <= width } ?? texts[2]
    }

    static func percent(_ share: Double) -> String { NumberText.share(share) }

    /// Three digits and a sign: "+0.0412".
    static func signed(_ value: Double) -> String {
        let text = NumberText.significant(value, 3)
        return value > 0 ? "+" + text : text
    }

    /// Two digits and a sign: "+0.04".
    static func signedShort(_ value: Double) -> String {
        let text = NumberText.significant(value, 2)
        return value > 0 ? "+" + text : text
    }

    /// A relative change as a signed percentage of three digits or so: "+4.1%", "-212%".
    static func points(_ change: Double) -> String {
        NumberText.percent(change, decimals(change), signed: true)
    }

    /// The same without sign and mark: "2.4".
    static func bare(_ change: Double) -> String { NumberText.fixed(100 * change, decimals(change)) }

    private static func decimals(_ change: Double) -> Int { abs(change) < 0.9995 ? 1 : 0 }

    static func knob(_ knob: Knob, _ space: PolicySpace) -> String {
        switch knob {
        case .weight(let j): "\(space.outcomes[j].name) weight"
        case .bias(let i): "\(space.arms[i]) bias"
        case .shrinkage(let j): "\(space.outcomes[j].name) shrinkage"
        }
    }

    /// Everything a filter may find a candidate by.
    static func searchable(_ candidate: Candidate, _ state: WorkbenchState) -> String {
        let origin =
            switch candidate.origin {
            case .hand: "by hand"
            case .search(let number): "search \(number)"
            }
        let limits =
            switch candidate.tune?.limits {
            case nil: ""
            case .inside: "inside"
            case .uncertain: "uncertain"
            case .outside: "outside"
            }
        return [candidate.name, origin, candidate.note, state.isPicked(candidate) ? "picked" : "", limits]
            .joined(separator: " ")
    }

    static func column(_ column: CohortsView.Column, _ space: PolicySpace) -> String {
        switch column {
        case .number: "number"
        case .units: "units"
        case .share: "share"
        case .given: "the arm given"
        case .gain(let j): "the gain of \(space.outcomes[j].name)"
        case .effect(let arm, let j): "\(space.arms[arm]) on \(space.outcomes[j].name)"
        }
    }

    static func held(_ verdict: LimitVerdict?) -> String {
        switch verdict {
        case nil: "the best policy found; there are no limits to hold"
        case .inside: "the best policy found whose intervals keep every limit"
        case .uncertain: "no policy's intervals keep every limit; this one's estimates do"
        case .outside: "no policy found keeps every limit; this one comes nearest"
        }
    }

    /// A change against control as the screens show it: relative where the outcome allows it, else in its unit.
    /// - Parameter isShort: in whole percent, where there is no room for more.
    static func change(_ outcome: OutcomeEvaluation, isShort: Bool = false) -> (value: String, reach: String)? {
        change(outcome.relative, outcome.difference, isShort: isShort)
    }

    /// The same against the best single arm.
    static func changeFromBestArm(_ outcome: OutcomeEvaluation) -> (value: String, reach: String)? {
        change(outcome.relative == nil ? nil : outcome.relativeToBestArm, outcome.againstBestArm, isShort: false)
    }

    private static func change(
        _ relative: Estimate?, _ difference: Estimate?, isShort: Bool
    ) -> (value: String, reach: String)? {
        if let relative {
            // A hundred percent or more needs no decimals, and then neither does its interval.
            let digits = isShort ? 0 : decimals(relative.value)
            return (
                NumberText.percent(relative.value, digits, signed: true),
                relative.halfWidth().map { NumberText.fixed(100 * $0, min(digits, decimals($0))) } ?? "n/a"
            )
        }
        guard let difference else { return nil }
        return (
            number(difference.value, fitting: 6),
            difference.halfWidth().map { number($0, fitting: 4) } ?? "n/a"
        )
    }

    /// One plain sentence about a policy.
    static func finding(_ evaluation: PolicyEvaluation, _ space: PolicySpace) -> String {
        let first = evaluation.outcomes[0]
        guard let change = change(first), let difference = first.difference else {
            return "\(first.name) cannot be estimated for this policy: too few units had its arms"
        }
        let sign = space.outcomes[0].sign
        let verb = sign * difference.value > 0 ? "beats" : difference.value == 0 ? "equals" : "falls behind"
        let sure = difference.value == 0 || difference.excludesZero ? "" : ", which may be chance"
        let limits =
            switch evaluation.limits {
            case nil: ""
            case .inside: "; it keeps every limit"
            case .uncertain: "; its limits hold by the estimate only"
            case .outside:
                "; it breaks the limit on "
                    + evaluation.outcomes.filter { $0.limit == .outside }.map(\.name).joined(separator: ", ")
            }
        return "\(verb) control by \(change.value) ±\(change.reach) \(first.name)\(sure)\(limits)"
    }
}

/// What `y` copies: the values behind the screen as text.
enum Clipping {
    static func text(_ state: WorkbenchState) -> String {
        guard let space = state.space else { return state.facts.title }
        let knobs = state.screen == .front ? state.focused?.knobs ?? state.decisions.knobs : state.decisions.knobs
        let weights = zip(space.outcomes, knobs.weights).dropFirst().map { "--weight \($0.name)=\($1)" }
        let biases = zip(space.arms, knobs.biases).dropFirst().map { "--bias \($0)=\($1)" }
        let shrinkage = zip(space.outcomes, knobs.shrinkage).filter { $0.1 > 0 }.map { "--shrink \($0.name)=\($1)" }
        return (weights + biases + shrinkage).joined(separator: " ")
    }
}
