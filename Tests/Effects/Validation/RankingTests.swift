import Effects
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct RankingTests {
    /// Forty units, several with equal priority.
    private let priority = Self.priority(modulo: 29, less: 1.2)
    private var scores: [Double] { Self.scores(priority) }

    private static func priority(modulo: Int, less: Double) -> [Double] {
        (0..<40).map { index in Double(index * 37 % modulo) / 10 - less }
    }

    private static func scores(_ priority: [Double]) -> [Double] {
        priority.enumerated().map { index, value -> Double in
            let base = Double(index * 53 % 31) / 7 - 1.5
            return base + 0.8 * value
        }
    }

    /// By the definition of grf's `rank_average_treatment_effect` (ties share their mean), written out in NumPy.
    @Test func areasAgreeWithTheirDefinition() throws {
        let curve = try #require(
            RankingCurve(priority: [priority.map(Float.init)], scores: [scores], scale: 1, seed: 1))
        #expect(abs(curve.autoc.value - 0.9091654252667805) < 1e-12)
        #expect(abs(curve.qini.value - 0.24784642857142866) < 1e-12)
        #expect(abs(curve.gains[5] - 0.3057142857142857) < 1e-12)
        #expect(abs(curve.gains[25] - 0.7302857142857142) < 1e-12)
        #expect(abs(curve.gains[50] - 0.8162857142857142) < 1e-12 && curve.gains[0] == 0)
    }

    /// econml 0.17, `econml.validate.utils.calc_uplift(metric="qini")`: q (E[first q] - average effect).
    @Test func gainsAgreeWithEconml() throws {
        let priority = Self.priority(modulo: 41, less: 0)
        let scores = Self.scores(priority)
        let curve = try #require(
            RankingCurve(priority: [priority.map(Float.init)], scores: [scores], scale: 1, seed: 1))
        for (place, expected) in [(45, 0.303342857143), (25, 0.482571428571), (5, 0.196228571429)] {
            let random = RankingCurve.shares[place] * curve.gains[50]
            #expect(abs(curve.gains[place] - random - expected) < 1e-11)
        }
    }

    /// Two copies of the same fold average to it; the scale multiplies; the order of units does not matter.
    @Test func foldsAreAveraged() throws {
        let floats = priority.map(Float.init)
        let one = try #require(RankingCurve(priority: [floats], scores: [scores], scale: 1, seed: 1))
        let two = try #require(
            RankingCurve(priority: [floats, [], floats], scores: [scores, [], scores], scale: 3, seed: 1))
        let reversed = try #require(
            RankingCurve(priority: [floats.reversed()], scores: [scores.reversed()], scale: 1, seed: 1))
        #expect(abs(two.autoc.value - 3 * one.autoc.value) < 1e-12)
        #expect(zip(two.gains, one.gains).allSatisfy { abs($0 - 3 * $1) < 1e-12 })
        #expect(zip(reversed.gains, one.gains).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(RankingCurve(priority: [[]], scores: [[]], scale: 1, seed: 1) == nil)
    }

    /// The band where everybody is treated is that of the average effect, whose error is known.
    @Test func theBandOfTreatingAllIsThatOfTheMean() throws {
        var stream = RandomStream(seed: 5)
        let priority = (0..<4_000).map { _ in Float(stream.normal()) }
        let scores = (0..<4_000).map { _ in 1 + 2 * stream.normal() }
        let curve = try #require(RankingCurve(priority: [priority], scores: [scores], scale: 1, seed: 1))
        let last = curve.band[50]
        let error = Moments(scores).standardError
        // 200 halves give the error within 5% (one standard error).
        #expect(abs((last.high - last.low) / (2 * 1.96 * error) - 1) < 0.15)
    }

    /// A ranking that knows nothing: 95% intervals of AUTOC and Qini cover 0 in 95% ± 3 of 1,000 samples.
    @Test func aRandomRankingCoversNothing() throws {
        let covered = try Workers().map(Growing.replicates(1_000)) { index -> (Bool, Bool) in
            var stream = RandomStream(seed: UInt64(index), purpose: "random ranking")
            let priority = (0..<2).map { _ in (0..<200).map { _ in Float(stream.normal()) } }
            let scores = priority.map { $0.map { _ in 0.5 + stream.normal() } }
            guard let curve = RankingCurve(priority: priority, scores: scores, scale: 1, seed: UInt64(index)) else {
                return (false, false)
            }
            return (curve.autoc.interval.contains(0), curve.qini.interval.contains(0))
        }
        let (autoc, qini) = (covered.count(where: \.0), covered.count(where: \.1))
        print("random ranking: AUTOC covers 0 in \(autoc), Qini in \(qini) of \(covered.count)")
        #expect(Double(abs(autoc * 1_000 / covered.count - 950)) <= 30)
        #expect(Double(abs(qini * 1_000 / covered.count - 950)) <= 30)
    }
}
