import Foundation
import Statistics
import Testing

@Suite struct SimpleRegressionTests {
    /// statsmodels 0.14 (`OLS(...).fit(cov_type="HC3")`) on the same points.
    @Test func agreesWithStatsmodels() throws {
        let x = (0..<40).map { index in Double(index * 37 % 41) / 10 }
        let y = x.enumerated().map { index, x -> Double in
            let base = Double(index * 53 % 31) / 7 - 1.5
            return base + 0.8 * x
        }
        let line = try #require(SimpleRegression(x: x, y: y))
        #expect(abs(line.slope - 0.956898746061883) < 1e-12)
        #expect(abs(line.slopeError - 0.19159751703678074) < 1e-12)
    }

    @Test func pointsThatDecideNothingGiveNoLine() {
        #expect(SimpleRegression(x: [1, 1, 1, 1], y: [1, 2, 3, 4]) == nil)
        #expect(SimpleRegression(x: [1, 2], y: [1, 2]) == nil)
        #expect(SimpleRegression(x: [], y: []) == nil)
        // One unit alone decides the slope: its error cannot be known.
        #expect(SimpleRegression(x: [0, 0, 0, 0, 1], y: [1, 2, 3, 4, 9]) == nil)
        // 1e6 + differences of 1e-12 relative to it are rounding.
        #expect(SimpleRegression(x: [1e6, 1e6 + 1e-7, 1e6], y: [1, 2, 3]) == nil)
    }
}
