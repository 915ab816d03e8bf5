import Experiments
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct BalanceTests {
    private static let x: [Float] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4]
    private static let z: [Float] = [1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1]
    private static let thirds = (0..<24).map { UInt8($0 % 3) }

    /// scipy.stats.kruskal with ties: 3.385857583774255, p = 0.18397989532387257. Both at once: the permutation form of
    /// mid-ranks and z by numpy, 4.943498012492902 with 4 degrees of freedom, p = 0.29314424044554954.
    @Test func ranksAgreeWithSciPy() throws {
        let report = try BalanceReport.examine(
            MadeExperiment(assignment: Self.thirds, numeric: [Self.x, Self.z], arms: 3).experiment)
        let test = try #require(report.covariates[0].test)
        #expect(abs(test.statistic - 3.385857583774255) < 1e-5 && test.degreesOfFreedom == 2)
        #expect(abs(test.p - 0.18397989532387257) < 1e-6)
        let omnibus = try #require(report.omnibus)
        #expect(abs(omnibus.statistic - 4.943498012492902) < 1e-5 && omnibus.degreesOfFreedom == 4)
        #expect(abs(omnibus.p - 0.29314424044554954) < 1e-6)
    }

    /// scipy.stats.chi2_contingency of [[30, 20, 25], [20, 35, 10]] without correction: 11.865734265734268.
    @Test func levelsAgreeWithSciPy() throws {
        let table: [[Int]] = [[30, 20, 25], [20, 35, 10]]
        var (arms, codes) = ([UInt8](), [Float]())
        for (arm, row) in table.enumerated() {
            for (code, count) in row.enumerated() {
                arms += [UInt8](repeating: UInt8(arm), count: count)
                codes += [Float](repeating: Float(code), count: count)
            }
        }
        let report = try BalanceReport.examine(
            MadeExperiment(assignment: arms, categorical: [(3, codes)]).experiment)
        let test = try #require(report.covariates[0].test)
        #expect(abs(test.statistic - 11.865734265734268 * 139 / 140) < 1e-4 && test.degreesOfFreedom == 2)
    }

    /// (6 - 2.5)/sqrt((8 + 1.25)/2) = 1.6274669424, and a missing value leaves only its own indicator.
    @Test func differencesByHand() throws {
        let values: [Float] = [1, 2, 3, 4, 2, 4, 6, 8, 10, .nan]
        let report = try BalanceReport.examine(
            MadeExperiment(assignment: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1], numeric: [values]).experiment)
        #expect(abs(report.covariates[0].differences[0] - 1.62746694241347) < 1e-6)
        // 1/6 of 6 against 0 of 4: (1/6)/sqrt((5/36)/2).
        let missing = try #require(report.covariates[0].missingDifferences)
        #expect(abs(missing[0] - (1.0 / 6) / (5.0 / 72).squareRoot()) < 1e-6)
    }

    /// Two units of control weigh 1/0.5 and 1/0.25: their mean of 1 and 4 is 3; the treated have 1 and 5 at weight 2 each.
    @Test func differencesAreWeightedByPropensity() throws {
        let report = try BalanceReport.examine(
            MadeExperiment(
                assignment: [0, 0, 1, 1], numeric: [[1, 4, 1, 5]],
                propensities: [[0.5, 0.25, 0.5, 0.5], [0.5, 0.75, 0.5, 0.5]]
            ).experiment)
        // Variances (2 * 4 + 4 * 1)/6 = 2 and 4; equal means.
        #expect(report.isWeighted && abs(report.covariates[0].differences[0]) < 1e-6)
    }

    /// One healthy experiment with an awkward choice of covariates: skewed, discrete, rare, missing, dependent.
    private func healthy(_ units: Int, _ stream: inout RandomStream, varies: Bool) -> Experiment {
        var arms: [UInt8] = []
        var numeric = [[Float]](repeating: [], count: 5)
        var levels: [Float] = []
        var propensities = [[Float]](repeating: [], count: 3)
        for _ in 0..<units {
            let normal = stream.normal()
            numeric[0].append(Float(normal))
            numeric[1].append(Float(exp(2 * stream.normal())))
            numeric[2].append(stream.bernoulli(0.2) ? .nan : Float(stream.poisson(1)))
            numeric[3].append(stream.bernoulli(0.03) ? 1 : 0)
            numeric[4].append(Float(2 * normal + 0.1 * stream.normal()))
            levels.append(stream.bernoulli(0.1) ? .nan : Float(min(stream.index(below: 4), stream.index(below: 4))))
            // Shares 1:1:3, or control likelier for high values of the first covariate.
            let control: Double = varies ? (normal > 0 ? 0.6 : 0.3) : 0.2
            let own = varies ? [control, 0.2, 0.8 - control] : [0.2, 0.2, 0.6]
            let draw = stream.uniform()
            arms.append(draw < own[0] ? 0 : draw < own[0] + own[1] ? 1 : 2)
            for arm in 0..<3 { propensities[arm].append(Float(own[arm])) }
        }
        return MadeExperiment(
            assignment: arms, numeric: numeric, categorical: [(4, levels)],
            propensities: varies ? propensities : nil, arms: 3
        ).experiment
    }

    /// METHODS section 7: each test holds its level in healthy experiments, and the alarm at 0.001 stays silent. Two
    /// thousand experiments of 600 units, shares 1:1:3 and propensities that vary by unit.
    @Test(arguments: [false, true]) func falseAlarmsAreAsRareAsStated(varies: Bool) throws {
        let replicates = 2000
        let found = try Workers().map(replicates) { replicate -> (omnibus: Double, family: Double, each: [Double]) in
            var stream = RandomStream(seed: UInt64(replicate + 1), purpose: "balance \(varies)")
            let report = try BalanceReport.examine(
                healthy(600, &stream, varies: varies), workers: Workers(count: 1))
            return (
                report.omnibus?.p ?? 1, report.covariates.compactMap(\.adjustedP).min() ?? 1,
                report.covariates.compactMap { $0.test?.p }
            )
        }
        func rate(_ holds: ((omnibus: Double, family: Double, each: [Double])) -> Bool) -> Double {
            Double(found.count(where: holds)) / Double(replicates)
        }
        let omnibus = rate { $0.omnibus < 0.05 }
        let family = rate { $0.family < 0.05 }
        let each = found.flatMap(\.each)
        let single = Double(each.count { $0 < 0.05 }) / Double(each.count)
        let alarms = (omnibus: rate { $0.omnibus < 0.001 }, family: rate { $0.family < 0.001 })
        print(
            "balance, propensities \(varies ? "vary" : "equal"): omnibus \(omnibus), any covariate (Holm) \(family), ",
            "single \(single) at 5%; at 0.1% omnibus \(alarms.omnibus), any covariate \(alarms.family)")
        // Four standard errors of a rate of 5% in 2,000 are 0.0195; of 0.1%, 0.0028.
        #expect(abs(omnibus - 0.05) < 0.0195 && family < 0.0695 && abs(single - 0.05) < 0.0195)
        #expect(alarms.omnibus <= 0.0038 && alarms.family <= 0.0038)
    }

    @Test func workersDoNotMatter() throws {
        var stream = RandomStream(seed: 3)
        let made = healthy(800, &stream, varies: true)
        #expect(
            try BalanceReport.examine(made, workers: Workers(count: 1))
                == BalanceReport.examine(made, workers: Workers(count: 3)))
    }

    /// A small shift in many covariates that no single test sees is seen by all of them at once.
    @Test func theOmnibusSeesWhatNoCovariateShows() throws {
        var stream = RandomStream(seed: 12)
        let arms = (0..<4000).map { UInt8($0 % 2) }
        let numeric = (0..<30).map { _ in arms.map { Float(stream.normal() + ($0 == 1 ? 0.06 : 0)) } }
        let report = try BalanceReport.examine(MadeExperiment(assignment: arms, numeric: numeric).experiment)
        let differing = report.covariates.filter(\.differsByArm)
        #expect(differing.isEmpty)
        let omnibus = try #require(report.omnibus)
        #expect(omnibus.p < 0.001)
    }
}
