import Foundation
import Statistics

/// Intervals of one growing estimate that may be looked at whenever one likes: all of them together miss the truth with
/// probability alpha at most (normal mixture, Robbins 1970; asymptotic, Waudby-Smith et al. 2021; METHODS 8.5).
package struct ConfidenceSequence: Sendable, Equatable {
    package let alpha: Double
    /// Variance of the mixture, t².
    package let mixture: Double

    /// - Parameters:
    ///   - alpha: of missing the truth ever, between 0 and 1.
    ///   - plannedVariance: of the estimate on the day for which the interval is to be narrowest, above 0.
    package init(alpha: Double = 1 - Confidence.level, plannedVariance: Double) {
        precondition(alpha > 0 && alpha < 1 && plannedVariance > 0)
        self.alpha = alpha
        mixture = plannedVariance * Self.ratio(alpha)
    }

    /// t²/V at which the interval at V is narrowest: -W₋₁(-alpha²/e) - 1.
    package static func ratio(_ alpha: Double) -> Double {
        // y = -W solves y - log y = 1 - 2 log alpha, y > 1: Newton from above.
        let target = 1 - 2 * log(alpha)
        var y = target + log(target) + 1
        for _ in 0..<60 {
            let step = (y - log(y) - target) / (1 - 1 / y)
            y -= step
            if abs(step) < 1e-15 * y { break }
        }
        return y - 1
    }

    /// Half the width of the interval while the estimate has a variance.
    package func halfWidth(variance: Double) -> Double {
        guard variance > 0 else { return 0 }
        let sum = variance + mixture
        return (variance * sum / mixture * (log(sum / variance) + 2 * log(1 / alpha))).squareRoot()
    }

    package func interval(_ estimate: Double, variance: Double) -> Interval {
        let half = halfWidth(variance: variance)
        return Interval(low: estimate - half, high: estimate + half)
    }

    /// The least alpha whose sequence, with the same mixture, excludes 0 now: a p value that stays valid however often it is
    /// looked at.
    package func p(_ estimate: Double, variance: Double) -> Double {
        guard variance > 0 else { return estimate == 0 ? 1 : 0 }
        let sum = variance + mixture
        return min(1, exp(-(estimate * estimate * mixture / (variance * sum) - log(sum / variance)) / 2))
    }
}
