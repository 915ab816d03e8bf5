import Frontier
import Policies
import Statistics

/// One outcome as an axis that policies are plotted along: changes against control, in percent where every policy drawn has
/// such a change, else in the outcome's unit.
package struct FrontAxis: Sendable {
    package let outcome: PolicySpace.Outcome
    /// Of the outcome.
    package let index: Int
    package let isRelative: Bool

    private var factor: Double { isRelative ? 100 : 1 }

    /// - Parameter evaluations: of every policy drawn.
    package init(_ index: Int, in space: PolicySpace, of evaluations: [PolicyEvaluation]) {
        outcome = space.outcomes[index]
        self.index = index
        isRelative = evaluations.allSatisfy { $0.outcomes[index].relative != nil }
    }

    private func estimate(_ evaluation: PolicyEvaluation) -> Estimate? {
        isRelative ? evaluation.outcomes[index].relative : evaluation.outcomes[index].difference
    }

    /// nil where not estimable.
    package func value(_ evaluation: PolicyEvaluation) -> Double? { estimate(evaluation).map { factor * $0.value } }

    /// Of a point along a knob; nil where not estimable.
    package func value(_ point: ProfilePoint) -> Double? {
        let outcome = point.outcomes[index]
        return (isRelative ? outcome?.relativeEstimate : outcome?.differenceEstimate).map { factor * $0.value }
    }

    package func interval(_ evaluation: PolicyEvaluation) -> (low: Double, high: Double)? {
        guard let estimate = estimate(evaluation), let low = estimate.low, let high = estimate.high else { return nil }
        return (factor * low, factor * high)
    }

    /// Of a policy that the front keeps by its oriented values alone; `control` is any evaluation on tune.
    package func value(_ point: FrontPoint, control: PolicyEvaluation?) -> Double? {
        guard let zero = control?.outcomes[index].control, zero != 0 || !isRelative else { return nil }
        let change = outcome.sign * point.values[index] - zero
        return isRelative ? 100 * change / abs(zero) : change
    }

    /// Where the outcome's limit lies; nil where it has none in the axis' unit.
    package var limit: Double? {
        switch outcome.threshold {
        case .relative(let least) where isRelative: 100 * outcome.sign * least
        case .absolute(let least) where !isRelative: outcome.sign * least
        default: nil
        }
    }
}
