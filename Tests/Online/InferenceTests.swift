import Foundation
import Online
import Statistics
import Testing

/// The inference of online tests against the stored numbers of a NumPy prototype.
@Suite struct InferenceTests {
    private func golden<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: path))
    }

    private struct Line: Decodable {
        struct Result: Decodable {
            let intercept: Double
            let slope: Double
            let seIntercept: Double
            let seSlope: Double
            let tau2: Double?
            let chi2: Double?
        }

        let x: [Double]
        let y: [Double]
        let vx: [Double]
        let vy: [Double]
        let york: Result
        let second: Result

        func points(_ divisor: Double) -> [YorkLine.Point] {
            x.indices.map {
                YorkLine.Point(x: x[$0], xVariance: vx[$0] / divisor, y: y[$0], yVariance: vy[$0] / divisor)
            }
        }
    }

    @Test func yorksLineIsTheGoldens() throws {
        let golden = try golden(Line.self, "bias_line")
        let lines = [
            (try YorkLine(golden.points(1), excessVariance: 0), golden.york),
            (try YorkLine(golden.points(20)), golden.second),
        ]
        for (line, wanted) in lines {
            #expect(abs(line.intercept - wanted.intercept) < 1e-8)
            #expect(abs(line.slope - wanted.slope) < 1e-8)
            #expect(abs(line.interceptError - wanted.seIntercept) < 1e-8)
            #expect(abs(line.slopeError - wanted.seSlope) < 1e-8)
            if let chi2 = wanted.chi2 { #expect(abs(line.chiSquare - chi2) < 1e-8) }
            if let tau2 = wanted.tau2 {
                #expect(abs(line.excessVariance - tau2) < 1e-10 && abs(line.chiSquare - 4) < 1e-9)
            }
        }
    }

    /// Values without errors in x are a weighted regression.
    @Test func exactOfflineValuesAreARegression() throws {
        let points = [(0.0, 1.0), (1, 2.1), (2, 2.9), (3, 4.2)].map {
            YorkLine.Point(x: $0.0, xVariance: 0, y: $0.1, yVariance: 1)
        }
        let line = try YorkLine(points)
        #expect(abs(line.slope - 1.04) < 1e-12 && abs(line.intercept - 0.99) < 1e-12)
        #expect(abs(line.slopeError - (1 / 5.0).squareRoot()) < 1e-12 && line.excessVariance == 0)
    }

    @Test(arguments: [
        [(0.0, 1.0, 1.0, 1.0), (1, 1, 1, 1)], [(0, 0, 0, 0), (1, 1, 1, 1), (2, 1, 1, 1)],
        [(1, 1, 0, 1), (1, 1, 1, 1), (1, 1, 2, 1)], [(0, -1, 0, 1), (1, 1, 1, 1), (2, 1, 2, 1)],
        [(0, 1, .nan, 1), (1, 1, 1, 1), (2, 1, 2, 1)],
    ]) func whatIsNoLineIsSaid(points: [(Double, Double, Double, Double)]) {
        #expect(throws: (any Error).self) {
            try YorkLine(points.map { YorkLine.Point(x: $0.0, xVariance: $0.1, y: $0.2, yVariance: $0.3) })
        }
    }

    @Test func theConfidenceSequenceIsTheClosedForm() throws {
        struct Golden: Decodable {
            struct P: Decodable {
                let difference: Double
                let variance: Double
                let p: Double

                enum CodingKeys: String, CodingKey {
                    case difference = "D"
                    case variance = "V"
                    case p
                }
            }

            let alpha: Double
            let k: Double
            let planned: Double
            let variances: [Double]
            let halfWidth: [Double]
            let alwaysValidP: P

            enum CodingKeys: String, CodingKey {
                case alpha, k, halfWidth, alwaysValidP
                case planned = "Vopt"
                case variances = "V"
            }
        }
        let golden = try golden(Golden.self, "confidence_sequence")
        let sequence = ConfidenceSequence(alpha: golden.alpha, plannedVariance: golden.planned)
        #expect(abs(ConfidenceSequence.ratio(golden.alpha) - golden.k) < 1e-9)
        for (variance, half) in zip(golden.variances, golden.halfWidth) {
            #expect(abs(sequence.halfWidth(variance: variance) - half) < 1e-9)
        }
        let own = sequence.p(golden.alwaysValidP.difference, variance: golden.alwaysValidP.variance)
        #expect(abs(own - golden.alwaysValidP.p) < 1e-9)
        // Narrowest in units of the error where it was planned to be.
        let ratios = [0.5, 1, 2].map {
            sequence.halfWidth(variance: golden.planned * $0) / (golden.planned * $0).squareRoot()
        }
        #expect(ratios[1] < ratios[0] && ratios[1] < ratios[2])
    }

    @Test func theBestIsAsLikelyAsDrawsSay() throws {
        struct Golden: Decodable {
            let y: [Double]
            let variance: Double
            let tau2: Double
            let posteriorMean: [Double]
            let pBest: [Double]
        }
        let golden = try golden(Golden.self, "p_best")
        let found = BestProbability(
            values: golden.y, variances: golden.y.map { _ in golden.variance })
        #expect(abs(found.spread - golden.tau2) < 1e-6)
        for (own, wanted) in zip(found.means, golden.posteriorMean) { #expect(abs(own - wanted) < 1e-6) }
        for (own, wanted) in zip(found.probabilities, golden.pBest) { #expect(abs(own - wanted) < 0.003) }
        #expect(abs(found.probabilities.reduce(0, +) - 1) < 1e-12)
    }

    /// Policies that nothing tells apart are equally likely; without errors the best is the best.
    @Test func extremesOfTheBest() {
        let equal = BestProbability(values: [1, 1, 1], variances: [1, 1, 1])
        for probability in equal.probabilities { #expect(abs(probability - 1 / 3.0) < 1e-6) }
        #expect(BestProbability(values: [1, 3, 2], variances: [0, 0, 0]).probabilities == [0, 1, 0])
        #expect(BestProbability(values: [7], variances: [1]).probabilities == [1])
    }

    @Test func mixturePropensitiesAndTheirValueAreTheGoldens() throws {
        struct Golden: Decodable {
            let policyByCell: [[Int]]
            let usersPerPolicy: [Double]
            let slice: Double
            let cell: [Int]
            let arm: [Int]
            let outcome: [Double]
            let mu: [[Double]]
            let propensity: [[Double]]
            let target: [Int]
            let value: Double
            let se: Double
        }
        let golden = try golden(Golden.self, "mixture_dr")
        let mixture = MixturePropensity(users: golden.usersPerPolicy, slice: golden.slice, planned: [1, 1, 1])
        let own = golden.policyByCell.map { mixture.propensities($0) }
        for (row, wanted) in zip(own, golden.propensity) {
            for (a, b) in zip(row, wanted) { #expect(abs(a - b) < 1e-12) }
        }
        let value = MixtureValue(
            arms: golden.cell.map { golden.target[$0] }, observed: (golden.arm, golden.outcome),
            models: golden.cell.map { golden.mu[$0] }, propensities: golden.cell.map { own[$0] })
        #expect(abs(value.estimate.value - golden.value) < 1e-9)
        #expect(abs(try #require(value.estimate.standardError) - golden.se) < 1e-9)
        #expect(value.modelShare == 0)
    }
}
