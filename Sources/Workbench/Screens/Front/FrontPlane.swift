import Frontier
import Policies
import Studies

/// The plane of the Front screen: two outcomes as changes against control, in percent or in the outcome's unit, and the
/// range that holds everything known.
struct FrontPlane {
    struct Axis {
        let axis: FrontAxis
        /// Of everything that is drawn, in the plotted unit.
        let whole: ClosedRange<Double>

        /// Whether control lies beyond what is drawn, the policies being close to each other and far from it.
        var isBroken: Bool { !whole.contains(0) }

        var sign: Double { axis.outcome.sign }

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
        self.init(state, across: state.front.horizontalOutcome, up: state.front.verticalOutcome)
    }

    init?(_ state: WorkbenchState, across: Int, up: Int) {
        guard let space = state.space, across < space.outcomeCount, up < space.outcomeCount else { return nil }
        let known =
            state.visibleCandidates.compactMap(\.tune) + state.results[.arms]
            + [state.results[.evaluation]].compactMap { $0 }
        guard !known.isEmpty else { return nil }
        let policies = state.visibleCandidates.compactMap(\.tune) + [state.results[.evaluation]].compactMap { $0 }
        func axis(_ outcome: Int) -> Axis {
            let axis = FrontAxis(outcome, in: space, of: known)
            let kept = (state.facts.front?.points ?? []).compactMap {
                axis.value($0, control: state.results[.arms].first)
            }
            let all = Self.range(known.compactMap(axis.value) + kept + [0])
            // The limit is what policies are read against before control is.
            let near = Self.range(policies.compactMap(axis.value) + kept + [axis.limit].compactMap { $0 })
            let isFar =
                policies.count + kept.count >= Self.fewestPolicies && !near.contains(0)
                && near.upperBound - near.lowerBound < Self.leastShare * (all.upperBound - all.lowerBound)
            return Axis(axis: axis, whole: isFar ? near : all)
        }
        x = axis(across)
        y = axis(up)
    }

    /// With fewer policies there is no front to scale to.
    private static let fewestPolicies = 3
    /// Policies on less of an axis than this, and none of them near control, have the axis to themselves.
    private static let leastShare = 0.4

    /// With a margin on both sides.
    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
        let margin = high > low ? (high - low) * 0.08 : 0.5
        return (low - margin)...(high + margin)
    }

    /// Where a candidate lies in shares of the whole plane; nil where not estimable.
    func place(of candidate: Candidate?) -> FrontView.Middle? {
        guard let tune = candidate?.tune, let across = x.axis.value(tune), let up = y.axis.value(tune) else {
            return nil
        }
        return FrontView.Middle(across: x.share(across), up: y.share(up))
    }
}
