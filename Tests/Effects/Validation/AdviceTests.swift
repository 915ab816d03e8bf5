import Effects
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct AdviceTests {
    private func size(_ units: Int, covariates: Int = 8, arms: Int = 2) throws -> ExperimentSize {
        try ExperimentSize(
            units: units, shares: Array(repeating: 1, count: arms), covariates: covariates, noise: 1)
    }

    /// The smallest average effect shown at 80% power is shown in 80% ± 2.5 of 4,000 simulated experiments.
    @Test func theDetectableAverageIsDetectedAtItsPower() throws {
        let size = try size(400)
        let effect = MinimumDetectableEffect(size).average
        let seen = try Workers().map(4_000) { index -> Bool in
            var stream = RandomStream(seed: UInt64(index), purpose: "power")
            var (treated, control) = (Moments(), Moments())
            for _ in 0..<200 {
                treated.add(effect + stream.normal())
                control.add(stream.normal())
            }
            let error = (treated.variance / 200 + control.variance / 200).squareRoot()
            return abs(treated.mean - control.mean) > 1.959964 * error
        }.count { $0 }
        print("effect detectable at 80% power: seen in \(seen) of 4,000")
        #expect(abs(Double(seen) / 4_000 - 0.8) < 0.025)
    }

    /// The smallest spread of effects that a perfect ranking shows: the regressions of scores on the true effects in four blocks of
    /// five, added up with the weights of the test of heterogeneity, one-sided at 5%.
    @Test func theDetectableSpreadIsDetectedAtItsPower() throws {
        let spread = MinimumDetectableEffect(try size(1_000)).spread
        let seen = try Workers().map(2_000) { index -> Bool in
            var stream = RandomStream(seed: UInt64(index), purpose: "spread")
            var sum = 0.0
            for block in 1..<5 {
                var (effects, scores): ([Double], [Double]) = ([], [])
                for _ in 0..<200 {
                    let effect = spread * stream.normal()
                    // Gamma_1 - Gamma_0 with the true outcome means.
                    effects.append(effect)
                    scores.append(effect + 2 * stream.normal())
                }
                guard let line = SimpleRegression(x: effects, y: scores) else { return false }
                sum += Double(block).squareRoot() * line.slope / line.slopeError
            }
            return sum / 10.0.squareRoot() > Normal.quantile(0.95)
        }.count { $0 }
        print("spread detectable at 80% power: seen in \(seen) of 2,000")
        #expect(abs(Double(seen) / 2_000 - 0.8) < 0.035)
    }

    /// What the rules for the meta-learner and the hybrid rest on: least squares of scores on p covariates errs by p V/N.
    @Test func theErrorOfSlopesIsTheirNumberTimesTheVariance() throws {
        let (units, covariates) = (500, 6)
        var squares = Moments()
        for seed in 0..<200 {
            var stream = RandomStream(seed: UInt64(seed), purpose: "slopes")
            let design = DenseMatrix(rowCount: units, columnCount: covariates) { _, _ in stream.normal() }
            let scores = (0..<units).map { _ in (stream.bernoulli(0.5) ? 2.0 : -2) * stream.normal() }
            let fit = try #require(LinearRegression(design, scores))
            squares.add(fit.coefficients.reduce(0) { $0 + $1 * $1 })
        }
        let variance = try size(units, covariates: covariates).unitVariance
        #expect(abs(squares.mean / (Double(covariates) * variance / Double(units)) - 1) < 0.15)
    }

    /// More units never serve less, and with enough of them every family serves; with few none does.
    @Test func adviceFollowsTheData() throws {
        let units = [100, 1_000, 10_000, 100_000, 10_000_000]
        let advices = try units.map { try MethodAdvice(try size($0, arms: 3), difference: 0.1) }
        let serving = advices.map { advice in advice.families.count { $0.serves == true } }
        #expect(serving == serving.sorted() && serving.first == 0 && serving.last == MethodFamily.allCases.count)
        #expect(advices[0].level == nil && advices.last?.level == .member)
        #expect(advices[0].sentences.contains { $0.contains("no family is likely to see it") })
        // Noise where units and cohorts that must be searched for are out of reach, but dimensions named in advance are not.
        let between = try MethodAdvice(try size(40_000, covariates: 40), difference: 0.1)
        #expect(between.level == .subgroup)
        let bare = try MethodAdvice(try size(1_000, covariates: 0), difference: 1)
        #expect(bare.level == nil)
        let open = try MethodAdvice(try size(1_000), difference: nil)
        #expect(open.families.allSatisfy { $0.serves == nil })
    }

    @Test func impossibleSizesAreRefused() {
        #expect(throws: EspalierError.self) { try size(2) }
        #expect(throws: EspalierError.self) { try size(1_000, arms: 1) }
        #expect(throws: EspalierError.self) {
            try ExperimentSize(units: 100, shares: [1, 1], covariates: 2, noise: 0)
        }
    }
}
