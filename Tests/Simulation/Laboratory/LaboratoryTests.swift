import Allocation
import Foundation
import Runtime
import Simulation
import Testing

@Suite struct LaboratoryTests {
    /// A prototype's truth: means in closed form, optima of fresh populations by HiGHS.
    private struct Truth: Decodable {
        struct Oracle: Decodable {
            let member: Double
            let memberSe: Double?
            let prices: [Double]?
        }
        struct Mixture: Decodable {
            let value: Double
            let x: [Double]?
            let prices: [Double]?
        }
        let trueNormalisedMeans: [String: [[Double]]]
        let mixture1: Mixture
        let mixture2: Mixture
        let mixture2s: Mixture
        let oracle1: Oracle
        let oracle2: Oracle
        let oracle2s: Oracle

        enum CodingKeys: String, CodingKey {
            case trueNormalisedMeans
            case mixture1 = "global_mixture_1"
            case mixture2 = "global_mixture_2"
            case mixture2s = "global_mixture_2s"
            case oracle1 = "oracle_1"
            case oracle2 = "oracle_2"
            case oracle2s = "oracle_2s"
        }
    }

    private func truth() throws -> Truth {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "lab_truth.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            let key = path[path.count - 1].stringValue
            return ["true_normalised_means": Key("trueNormalisedMeans"), "member_se": Key("memberSe")][key] ?? Key(key)
        }
        return try decoder.decode(Truth.self, from: Data(contentsOf: file))
    }

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { return nil }
    }

    @Test(arguments: LaboratoryScenario.allCases)
    func meansAreThoseInClosedForm(scenario: LaboratoryScenario) throws {
        let expected = try #require(try truth().trueNormalisedMeans[scenario.rawValue])
        for (means, others) in zip(scenario.meanEffects, expected) {
            for (mean, other) in zip(means, others) { #expect(abs(mean - other) < 1e-6) }
        }
    }

    @Test func mixturesAreThoseOfThePrototype() throws {
        let truth = try truth()
        let cases = [
            (LaboratoryScenario.one, truth.mixture1), (.two, truth.mixture2), (.twoSmall, truth.mixture2s),
        ]
        for (scenario, expected) in cases {
            let mixture = try scenario.mixture()
            // The prototype computed with means rounded to six digits.
            #expect(abs(mixture.objective - expected.value) < 1e-5)
            for (share, other) in zip(mixture.shares.values, expected.x ?? []) { #expect(abs(share - other) < 1e-5) }
            for (price, other) in zip(mixture.prices, expected.prices ?? []) {
                #expect(abs(price / max(1, other) - other / max(1, other)) < 1e-4)
            }
        }
    }

    /// 3 standard errors of two independent populations. The golden of 2s gives no error; a tenth of scenario 2's is more
    /// than it is.
    @Test func oraclesAreThoseOfThePrototype() throws {
        let truth = try truth()
        let cases = [
            (LaboratoryScenario.one, truth.oracle1), (.two, truth.oracle2), (.twoSmall, truth.oracle2s),
        ]
        for (scenario, expected) in cases {
            let oracle = try LaboratoryPopulation(scenario, seed: 5).oracle()
            // The prototype averaged four populations of the same size: ours has twice its error.
            let error = (expected.memberSe ?? 0.02) * 5.0.squareRoot()
            #expect(abs(oracle.value - expected.member) < 3 * error, "\(scenario) \(oracle)")
            if scenario == .one { #expect(oracle.prices == [0, 0]) }
        }
    }

    /// The seeded short form of the comparison.
    @Test func personalisedPoliciesBeatGlobalWherePullsDiffer() throws {
        let comparison = try LaboratoryComparison(
            .two, noise: [5, 20], unitsPerArm: 500, replicates: 4, seed: 1)
        for noise in [5.0, 20] {
            let rows = comparison.rows.filter { $0.noise == noise }
            let global = try #require(rows.first { $0.method == "global" })
            let stochastic = try #require(rows.first { $0.method == "heuristic.stochastic" })
            let linear = try #require(rows.first { $0.method == "heuristic.lp" })
            #expect(stochastic.value > global.value + 25 && linear.value > global.value + 25)
            #expect(stochastic.violation < 0.2)
            #expect(stochastic.relative <= 1.05 && stochastic.feasibleShare <= 1)
        }
        #expect(comparison.rows.count == 8)
    }

    @Test func resultsDoNotDependOnThreads() throws {
        func compare(_ threads: Int) throws -> LaboratoryComparison {
            try LaboratoryComparison(
                .one, noise: [20], unitsPerArm: 200, replicates: 3, seed: 7,
                context: RunContext(workers: Workers(count: threads)))
        }
        let one = try compare(1)
        #expect(try compare(2) == one)
        // One arm is best for everybody: Global is the oracle itself.
        let global = try #require(one.rows.first { $0.method == "global" })
        #expect(global.relative > 0.9 && global.feasibleShare == 1)
    }
}
