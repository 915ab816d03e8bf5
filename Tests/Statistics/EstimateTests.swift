import Foundation
import Statistics
import Testing

@Suite struct EstimateTests {
    @Test func theIntervalIsTheNormalOne() throws {
        let estimate = Estimate(value: 2, standardError: 0.5)
        // R: qnorm(.975) = 1.95996398454005.
        #expect(abs(Confidence.critical - 1.95996398454005) < 1e-14)
        #expect(try abs(#require(estimate.low) - 1.020018007729975) < 1e-14)
        #expect(try abs(#require(estimate.high) - 2.979981992270025) < 1e-14)
        #expect(estimate.halfWidth() == 0.98)
        #expect(Estimate(value: 2, standardError: 0.5, critical: 3).interval == Interval(low: 0.5, high: 3.5))
    }

    @Test(arguments: [(2.0, 1.0, true), (-2, 1, true), (1.9, 1, false), (0, 0, false)])
    func zeroIsExcludedByAnIntervalOnOneSide(value: Double, error: Double, excludes: Bool) {
        #expect(Estimate(value: value, standardError: error).excludesZero == excludes)
    }

    @Test func withoutAnErrorNothingIsExcludedAndNothingMet() {
        let bare = Estimate(value: 5, standardError: nil)
        #expect(bare.interval == nil && bare.halfWidth() == nil && !bare.excludesZero)
        #expect(!bare.overlaps(Estimate(value: 5, standardError: 1)))
    }

    @Test func intervalsThatTouchMeet() {
        func estimate(_ low: Double, _ high: Double) -> Estimate {
            Estimate(value: (low + high) / 2, standardError: 1, low: low, high: high)
        }
        #expect(estimate(0, 1).overlaps(estimate(1, 2)) && estimate(1, 2).overlaps(estimate(0, 1)))
        #expect(estimate(0, 3).overlaps(estimate(1, 2)) && estimate(1, 2).overlaps(estimate(0, 3)))
        #expect(!estimate(0, 1).overlaps(estimate(1.5, 2)) && !estimate(1.5, 2).overlaps(estimate(0, 1)))
    }

    @Test func dividingKeepsTheIntervalsShape() {
        let half = Estimate(value: 3, standardError: 1, low: 1, high: 6).divided(by: 2)
        #expect(half == Estimate(value: 1.5, standardError: 0.5, low: 0.5, high: 3))
    }

    @Test func whatIsMissingIsWrittenAsNull() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(Estimate(value: 1, standardError: nil))
        #expect(String(decoding: json, as: UTF8.self) == #"{"high":null,"low":null,"standardError":null,"value":1}"#)
        #expect(try JSONDecoder().decode(Estimate.self, from: json) == Estimate(value: 1, standardError: nil))
    }
}
