import Foundation
import Statistics
import Testing

@Suite("Dense linear algebra")
struct LinearAlgebraTests {
    private func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64) -> DenseMatrix {
        var stream = RandomStream(seed: seed)
        return DenseMatrix(rowCount: rows, columnCount: columns) { _, _ in stream.normal() }
    }

    @Test("a Cholesky factor reproduces its matrix, solves it and knows its determinant", arguments: [1, 2, 7, 40])
    func cholesky(_ n: Int) throws {
        let root = randomMatrix(n, n, seed: UInt64(n))
        let matrix = DenseMatrix(rowCount: n, columnCount: n) { i, j in
            (0..<n).reduce(i == j ? 0.5 : 0) { $0 + root[i, $1] * root[j, $1] }
        }
        let cholesky = try #require(Cholesky(matrix))
        for i in 0..<n {
            for j in 0..<n {
                let product = (0..<n).reduce(0) { $0 + cholesky.factor[i, $1] * cholesky.factor[j, $1] }
                #expect(abs(product - matrix[i, j]) < 1e-10 * Double(n))
            }
        }
        let right = (0..<n).map { Double($0) - 1.5 }
        for (a, b) in zip(matrix * cholesky.solve(right), right) { #expect(abs(a - b) < 1e-8) }
        let forward = cholesky.forward(DenseMatrix(rowCount: n, columnCount: 1, values: right)).values
        let quadratic = zip(right, cholesky.solve(right)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(forward.reduce(0) { $0 + $1 * $1 } - quadratic) < 1e-8 * abs(quadratic))
        if n == 2 {
            let determinant = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
            #expect(abs(cholesky.logDeterminant - log(determinant)) < 1e-12)
        }
    }

    @Test("a matrix that is not positive definite has no factor")
    func indefinite() {
        #expect(Cholesky(DenseMatrix(rowCount: 2, columnCount: 2, values: [1, 2, 2, 1])) == nil)
    }

    @Test("regression coefficients and HC1 errors agree with closed forms")
    func regression() throws {
        let x = [0.0, 1, 2, 3, 4, 5, 6, 7]
        let y = [1.0, 3, 2, 5, 4, 8, 6, 9]
        let design = DenseMatrix(rowCount: 8, columnCount: 2) { $1 == 0 ? 1 : x[$0] }
        let fit = try #require(LinearRegression(design, y))
        // Simple regression by hand: slope = Sxy / Sxx, robust variance of the slope = sum (x - mean)^2 e^2 / Sxx^2.
        let meanX = x.reduce(0, +) / 8
        let meanY = y.reduce(0, +) / 8
        let sxx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let slope = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / sxx
        let intercept = meanY - slope * meanX
        let meat = zip(x, y).reduce(0.0) { sum, point in
            let error = point.1 - intercept - slope * point.0
            return sum + (point.0 - meanX) * (point.0 - meanX) * error * error
        }
        #expect(abs(fit.coefficients[1] - slope) < 1e-12)
        #expect(abs(fit.coefficients[0] - intercept) < 1e-12)
        #expect(abs(fit.standardError(1) - (meat * 8 / 6).squareRoot() / sxx) < 1e-12)
    }

    @Test("weights of two count an observation twice in the coefficients")
    func weights() throws {
        let x = [0.0, 1, 2, 4, 4]
        let y = [1.0, 0, 3, 5, 5]
        let twice = try #require(LinearRegression(DenseMatrix(rowCount: 5, columnCount: 2) { $1 == 0 ? 1 : x[$0] }, y))
        let weighted = try #require(
            LinearRegression(
                DenseMatrix(rowCount: 4, columnCount: 2) { $1 == 0 ? 1 : x[$0] }, Array(y.prefix(4)),
                weights: [1, 1, 1, 2]))
        for (a, b) in zip(twice.coefficients, weighted.coefficients) { #expect(abs(a - b) < 1e-12) }
    }

    @Test("dependent columns are refused, whatever their units")
    func dependence() {
        let design = DenseMatrix(rowCount: 6, columnCount: 3) { row, column in
            column == 0 ? 1 : column == 1 ? Double(row) * 1e6 : Double(row) * 1e-6
        }
        #expect(LinearRegression(design, [1, 2, 3, 4, 5, 6]) == nil)
    }
}
