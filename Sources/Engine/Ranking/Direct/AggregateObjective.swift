import Foundation

/// What direct ranking maximises: a function of the effects among the selected, each outcome with a weight, positive for what
/// is wanted and negative for what it costs.
package struct AggregateObjective: Sendable, Equatable {
    package enum Form: Sendable, Equatable {
        /// sum of weight x log softplus(effect), which bounds what a cost near 0 can do.
        case softplus
        /// The wanted effects over those that cost, these at least `floor`: for comparison, since its gradient has no bound.
        case ratio(floor: Double)
    }

    package let form: Form
    /// By outcome; value 1 and cost -1 where there are only those two.
    package let weights: [Double]

    package init(_ form: Form = .softplus, weights: [Double] = [1, -1]) {
        self.form = form
        self.weights = weights
    }

    /// The objective and its derivative by each effect.
    package func evaluate(_ effects: [Double]) -> (value: Double, slopes: [Double]) {
        precondition(effects.count == weights.count)
        switch form {
        case .softplus:
            let terms = effects.map(Self.logSoftplus)
            return (
                zip(weights, terms).reduce(0) { $0 + $1.0 * $1.1.value }, zip(weights, terms).map { $0 * $1.slope }
            )
        case .ratio(let floor):
            let wanted = zip(weights, effects).reduce(0) { $0 + max(0, $1.0) * $1.1 }
            let spent = zip(weights, effects).reduce(0) { $0 + max(0, -$1.0) * $1.1 }
            let divisor = max(spent, floor)
            return (
                wanted / divisor,
                weights.map { weight in
                    if weight > 0 { return weight / divisor }
                    return spent > floor ? weight * wanted / (divisor * divisor) : 0
                }
            )
        }
    }

    /// log log(1 + e^x) and its derivative, which lies between 0 and 1.
    private static func logSoftplus(_ x: Double) -> (value: Double, slope: Double) {
        // There log(1 + e^x) is e^x to the last bit.
        guard x > -37 else { return (x, 1) }
        let softplus = max(x, 0) + log1p(exp(-abs(x)))
        return (log(softplus), 1 / (1 + exp(-x)) / softplus)
    }
}
