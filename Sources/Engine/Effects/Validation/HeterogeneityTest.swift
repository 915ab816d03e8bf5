import Experiments
import Foundation
import Statistics

/// The test whether a learner's effects tell units apart at all: beta2 > 0 in
/// Gamma_i - Gamma_0 = beta1 + beta2 (tau - mean tau) + error, robust errors, one-sided (METHODS section 1); the scores are
/// those of `TestScores`.
///
/// Out-of-fold predictions do not give a valid statistic, neither pooled nor averaged over folds: the model that judges fold 1
/// was trained on fold 2 and the other way round, so that a difference found by chance in both makes both statistics large.
/// With nothing to find, a single linear direction and K = 2 the correlation of the two is 2/pi; at K = 5 it still doubles the
/// variance of the average. So folds are taken in turn: the block b is predicted by models of blocks 0..<b alone, its outcome
/// models included. Given those blocks the statistic of block b has mean 0 and variance 1 when effects do not differ, so the
/// statistics are a martingale difference sequence and their weighted sum is standard normal in large samples (Luedtke & van der
/// Laan 2016; Wager 2024, "Sequential validation of treatment heterogeneity").
///
/// Block b counts with weight sqrt(b): fixed in advance, so that the null distribution stays, and in proportion to
/// what a learner trained on b blocks finds of a weak difference.
package struct HeterogeneityTest: Sendable, Equatable, Codable {
    /// Standard normal when effects do not differ; nil where the learner predicts one effect for everybody.
    package let statistic: Double?
    /// One-sided: small where units with higher predictions have higher effects.
    package let p: Double

    package init(statistic: Double?) {
        self.statistic = statistic
        p = statistic.map { Normal.cumulative(-$0) } ?? 1
    }

    /// At most this many blocks, whatever the number of folds.
    static let maximumBlocks = 5

    /// One block that a learner predicted from those before it.
    struct Block: Sendable {
        let effects: [Float]
        let scores: [Double]
        let weight: Double
    }

    init(_ blocks: [Block]) {
        var sum = 0.0
        var squares = 0.0
        for block in blocks {
            guard let line = SimpleRegression(x: block.effects.map(Double.init), y: block.scores) else { continue }
            // Scores without any spread left agree with the line to the last bit: there is nothing to test.
            guard line.slopeError > 0 else { continue }
            sum += block.weight * line.slope / line.slopeError
            squares += block.weight * block.weight
        }
        self.init(statistic: squares > 0 ? sum / squares.squareRoot() : nil)
    }
}
