import Foundation
import Statistics
import Testing

@Suite struct SamplingTests {
    /// scipy 1.17.1, `qmc.Sobol(161, scramble=False).random(16)`, columns 0, 1, 2, 50 and 160.
    @Test func sobolPointsAreThoseOfSciPy() {
        let expected: [[Double]] = [
            [0, 0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25, 0.75], [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.125, 0.375], [0.875, 0.875, 0.125, 0.625, 0.875],
            [0.625, 0.125, 0.875, 0.375, 0.625], [0.125, 0.625, 0.375, 0.875, 0.125],
            [0.1875, 0.3125, 0.9375, 0.5625, 0.3125], [0.6875, 0.8125, 0.4375, 0.0625, 0.8125],
            [0.9375, 0.0625, 0.6875, 0.8125, 0.5625], [0.4375, 0.5625, 0.1875, 0.3125, 0.0625],
            [0.3125, 0.1875, 0.3125, 0.6875, 0.1875], [0.8125, 0.6875, 0.8125, 0.1875, 0.6875],
            [0.5625, 0.4375, 0.0625, 0.9375, 0.9375], [0.0625, 0.9375, 0.5625, 0.4375, 0.4375],
        ]
        let sequence = SobolSequence(dimensions: 161)
        for (index, row) in expected.enumerated() {
            let point = sequence.point(index)
            #expect([0, 1, 2, 50, 160].map { point[$0] } == row)
        }
    }

    /// Of 2^k points every one of 2^k equal intervals of each axis holds exactly one, shifted or not.
    @Test(arguments: [nil, 5] as [UInt64?]) func everyIntervalHoldsOnePoint(seed: UInt64?) {
        let sequence = SobolSequence(dimensions: 40, seed: seed)
        let points = (0..<256).map(sequence.point)
        for axis in 0..<40 {
            #expect(Set(points.map { Int($0[axis] * 256) }).count == 256)
        }
    }

    @Test func normalsHaveTheMomentsOfTheNormal() {
        let rows = SobolSequence(dimensions: 12, seed: 3).normals(1_024)
        for axis in 0..<12 {
            let mean = rows.reduce(0) { $0 + $1[axis] } / 1_024
            let square = rows.reduce(0) { $0 + $1[axis] * $1[axis] } / 1_024
            #expect(abs(mean) < 0.01 && abs(square - 1) < 0.02)
        }
    }
}

@Suite struct NormalOrthantTests {
    private func matrix(_ rows: [[Double]]) -> DenseMatrix {
        DenseMatrix(rowCount: rows.count, columnCount: rows.count) { rows[$0][$1] }
    }

    /// scipy 1.17.1, `multivariate_normal.cdf` at the means of the mirrored variables.
    @Test func agreesWithSciPy() {
        let near = NormalOrthant.probability(means: [0.3, -0.2], covariance: matrix([[1, 0.6], [0.6, 1]]))
        #expect(abs(near - 0.3527678331221393) < 1e-10)
        let opposed = NormalOrthant.probability(means: [0.3, -0.2], covariance: matrix([[1, -0.99], [-0.99, 1]]))
        #expect(abs(opposed - 0.04638148482438468) < 1e-8)
        let three = NormalOrthant.probability(
            means: [0.2, 1, -0.1], covariance: matrix([[1, 0.5, 0.3], [0.5, 2, -0.4], [0.3, -0.4, 0.7]]))
        #expect(abs(three - 0.24147993217587405) < 3e-4)
    }

    /// n variables with all correlations 1/2 share one sign with probability 1/(n + 1).
    @Test(arguments: [1, 2, 3, 4, 6]) func equicorrelated(count: Int) {
        let covariance = DenseMatrix(rowCount: count, columnCount: count) { $0 == $1 ? 4 : 2 }
        let probability = NormalOrthant.probability(means: Array(repeating: 0, count: count), covariance: covariance)
        #expect(abs(probability - 1 / Double(count + 1)) < (count < 3 ? 1e-10 : 5e-4))
    }

    @Test func degenerateCases() {
        #expect(NormalOrthant.probability(means: [], covariance: matrix([])) == 1)
        #expect(NormalOrthant.probability(means: [0.1, -0.1], covariance: matrix([[0, 0], [0, 0]])) == 0)
        #expect(NormalOrthant.probability(means: [0.1, 0], covariance: matrix([[0, 0], [0, 1]])) == 0.5)
        let same = NormalOrthant.probability(means: [0, 1], covariance: matrix([[1, 1], [1, 1]]))
        #expect(abs(same - 0.5) < 1e-12)
        let opposite = NormalOrthant.probability(means: [-0.5, 0.2], covariance: matrix([[1, -1], [-1, 1]]))
        #expect(opposite == 0)
    }
}

@Suite struct QuasiNewtonTests {
    @Test func findsTheBottomOfRosenbrocksValley() {
        let minimum = QuasiNewton(maximumSteps: 500, tolerance: 1e-9).minimise(from: [-1.2, 1]) { x in
            let a = 1 - x[0]
            let b = x[1] - x[0] * x[0]
            return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
        }
        #expect(abs(minimum.point[0] - 1) < 1e-5 && abs(minimum.point[1] - 1) < 1e-5)
    }

    @Test func stopsAtAWall() {
        let minimum = QuasiNewton().minimise(from: [1]) { x in
            x[0] > 0 ? (x[0] - log(x[0]) * 0.5, [1 - 0.5 / x[0]]) : (.infinity, [0])
        }
        #expect(abs(minimum.point[0] - 0.5) < 1e-4)
    }
}
