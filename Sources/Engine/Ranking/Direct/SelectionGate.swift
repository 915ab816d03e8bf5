import Foundation

/// How scores become selection weights, which then sum to 1 among the treated and among control.
package enum SelectionGate: Sendable, Equatable {
    /// exp(s): direct ranking.
    case softmax
    /// sigmoid(temperature (s - threshold)), the threshold being the (1 - share) quantile of all scores: constrained ranking. The
    /// threshold's own gradient is stopped.
    case quantile(share: Double, temperature: Double)
    /// As `quantile`, but units count whole or not at all; only the gradient is the sigmoid's (straight-through).
    case straightThrough(share: Double, temperature: Double)

    /// The threshold among some scores, with linear interpolation between order statistics; 0 where none is needed.
    /// - Complexity: O(n log n).
    package func threshold(_ scores: [Double]) -> Double {
        switch self {
        case .softmax: return 0
        case .quantile(let share, _), .straightThrough(let share, _):
            let sorted = scores.sorted()
            let place = (1 - share) * Double(sorted.count - 1)
            let below = min(max(0, Int(place)), sorted.count - 1)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
    }

    /// The weight of a score and its derivative.
    func weight(_ score: Double, threshold: Double) -> (value: Double, slope: Double) {
        switch self {
        case .softmax:
            let weight = exp(score)
            return (weight, weight)
        case .quantile(_, let temperature):
            let open = 1 / (1 + exp(-temperature * (score - threshold)))
            return (open, temperature * open * (1 - open))
        case .straightThrough(_, let temperature):
            let open = 1 / (1 + exp(-temperature * (score - threshold)))
            return (score >= threshold ? 1 : 0, temperature * open * (1 - open))
        }
    }
}
