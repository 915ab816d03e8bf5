import Foundation
import Statistics

/// What it costs an interval against the best arm that the best arm was chosen by the same units.
///
/// The arm that looks best is partly lucky, so that what a policy gains on it looks too small: of the designs of `espalier-bench
/// hard`, plain 95% intervals covered 89 to 94% on tune. The interval is the one that holds for the policy's gain on each arm that the best cannot be told from, by
/// Sidak's level for their number; where the best arm stands out it is the plain one.
enum SelectedArm {
    /// Standard errors apart from which on two arms are told apart.
    private static let apart = 3.0

    /// - Parameters:
    ///   - armSums: of giving everyone each arm.
    ///   - designEffects: by outcome, what variances are multiplied by for clusters.
    static func critical(_ arm: Int, armSums: [PolicySums], unitCount: Int, designEffects: [Double]) -> Double {
        let units = Double(unitCount)
        let rivals = armSums.indices.count { other in
            other != arm
                && designEffects.indices.allSatisfy { j in
                    let (mine, theirs) = (armSums[arm].outcome(j), armSums[other].outcome(j))
                    let mean = (mine.d - theirs.d) / units
                    // The two arms' terms are of different units, so that they go together no more than control makes them.
                    let spread = designEffects[j] * (mine.dd + theirs.dd - units * mean * mean) / max(1, units - 1)
                    return mean * mean <= apart * apart * max(0, spread) / units
                }
        }
        return rivals == 0
            ? Confidence.critical : Normal.quantile(0.5 + pow(Confidence.level, 1 / Double(rivals + 1)) / 2)
    }
}
