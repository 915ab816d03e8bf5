import Frontier
import Policies
import Studies

/// The plane of the Front screen: two outcomes as changes against control, in percent or in the outcome's unit, and the
/// range that holds everything known.
struct FrontPlane {
    struct Axis {
        let outcome: Int
        let sign: Double
        /// Whether every policy's relative change is estimable; otherwise the outcome's own unit counts.
        let isRelative: Bool
        /// Of everything, in the plotted unit.
        let whole: ClosedRange<Double>

        /// What is plotted of an evaluation; nil where not estimable.
        func value(_ evaluation: PolicyEvaluation) -> Double? { estimate(evaluation)?.value }

        func interval(_ evaluation: PolicyEvaluation) -> (low: Double, high: Double)? {
            guard let estimate = estimate(evaluation), let low = estimate.low, let high = estimate.high else {
                return nil
            }
            return (low, high)
        }

        /// What is plotted of a policy that the front keeps by its values alone; `control` is any evaluation on tune.
        func value(_ point: FrontPoint, control: PolicyEvaluation?) -> Double? {
            guard let zero = control?.outcomes[outcome].control, zero != 0 || !isRelative else { return nil }
            let change = sign * point.values[outcome] - zero
            return isRelative ? 100 * change / abs(zero) : change
        }

        private func estimate(_ evaluation: PolicyEvaluation) -> (value: Double, low: Double?, high: Double?)? {
            let own = evaluation.outcomes[outcome]
            if isRelative {
                return own.relative.map { (100 * $0.value, $0.low.map { 100 * $0 }, $0.high.map { 100 * $0 }) }
            }
            return own.difference.map { ($0.value, $0.low, $0.high) }
        }

        /// The share of the whole axis at a value, better being 1.
        func share(_ value: Double) -> Double {
            let span = whole.upperBound - whole.lowerBound
            let share = span > 0 ? (value - whole.lowerBound) / span : 0.5
            return sign > 0 ? share : 1 - share
        }

        /// The part that a view shows.
        func window(_ view: FrontView, middle: Double) -> ClosedRange<Double> {
            view.window(whole, middle: sign > 0 ? middle : 1 - middle)
        }
    }

    let x: Axis
    let y: Axis

    /// nil where nothing is known yet.
    init?(_ state: WorkbenchState) {
        self.init(state, across: state.horizontalOutcome, up: state.verticalOutcome)
    }

    init?(_ state: WorkbenchState, across: Int, up: Int) {
        guard let space = state.space, across < space.outcomeCount, up < space.outcomeCount else { return nil }
        let known =
            state.visibleCandidates.compactMap(\.tune) + state.armEvaluations + [state.evaluation].compactMap { $0 }
        guard !known.isEmpty else { return nil }
        func axis(_ outcome: Int) -> Axis {
            let isRelative = known.allSatisfy { $0.outcomes[outcome].relative != nil }
            let values = known.compactMap { evaluation in
                isRelative
                    ? evaluation.outcomes[outcome].relative.map { 100 * $0.value }
                    : evaluation.outcomes[outcome].difference?.value
            }
            let kept = (state.front?.points ?? []).compactMap { stored -> Double? in
                guard let zero = state.armEvaluations.first?.outcomes[outcome].control, zero != 0 || !isRelative else {
                    return nil
                }
                let change = space.outcomes[outcome].sign * stored.values[outcome] - zero
                return isRelative ? 100 * change / abs(zero) : change
            }
            let finite = (values + kept + [0]).filter(\.isFinite)
            let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
            let margin = high > low ? (high - low) * 0.08 : 0.5
            return Axis(
                outcome: outcome, sign: space.outcomes[outcome].sign, isRelative: isRelative,
                whole: (low - margin)...(high + margin))
        }
        x = axis(across)
        y = axis(up)
    }

    /// Where a candidate lies in shares of the whole plane; nil where not estimable.
    func place(of candidate: Candidate?) -> FrontView.Middle? {
        guard let tune = candidate?.tune, let across = x.value(tune), let up = y.value(tune) else { return nil }
        return FrontView.Middle(across: x.share(across), up: y.share(up))
    }
}
