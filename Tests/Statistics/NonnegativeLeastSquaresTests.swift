import Statistics
import Testing

@Suite struct NonnegativeLeastSquaresTests {
    private func matrix(_ rows: [[Double]]) -> DenseMatrix {
        DenseMatrix(rowCount: rows.count, columnCount: rows[0].count) { rows[$0][$1] }
    }

    /// scipy.optimize.nnls of SciPy 1.17.1; where the residual is 0 the solution need not be the same one.
    @Test(
        arguments: [
            ([1, 2, 3], [1.3986013986, 0, 0.594405594406, 0.391608391608], 0),
            ([-1, -2, -3], [0, 0, 0, 0.222222222222], 3.7267799624996494),
            ([-1, 2, 0.5], [0, 0, 0.896226415094, 0.245283018868], 0.2747211278973786),
            ([3, -1, 0.2], [0, 1.56140350877, 0.201754385965, 0.157894736842], 0),
        ] as [([Double], [Double], Double)])
    func agreesWithSciPyWide(right: [Double], expected: [Double], residual: Double) {
        let a = matrix([[1, 2, -1, 0.5], [0.3, -1, 2, 1], [2, 0.1, 1, -1]])
        let found = NonnegativeLeastSquares(a, right)
        #expect(abs(found.residual - residual) < 1e-9)
        #expect(found.solution.allSatisfy { $0 >= 0 })
        if residual > 0 {
            for (own, theirs) in zip(found.solution, expected) { #expect(abs(own - theirs) < 1e-9) }
        }
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4], [1.90476190476, 0], 2.811540841738193),
            ([-1, 3, 0, 1], [0.147783251232, 0], 3.296512562374308),
        ] as [([Double], [Double], Double)])
    func agreesWithSciPyTall(right: [Double], expected: [Double], residual: Double) {
        let found = NonnegativeLeastSquares(matrix([[1, 2], [0.3, -1], [2, 0.1], [1, 1]]), right)
        #expect(abs(found.residual - residual) < 1e-9)
        for (own, theirs) in zip(found.solution, expected) { #expect(abs(own - theirs) < 1e-9) }
    }

    /// The Karush-Kuhn-Tucker conditions on random systems of any shape and scale, with equal and zero columns among them.
    @Test func optimalOnRandomSystems() {
        var stream = RandomStream(seed: 4)
        for _ in 0..<2_000 {
            let rows = 1 + stream.index(below: 5)
            let columns = 1 + stream.index(below: 7)
            var a = DenseMatrix(rowCount: rows, columnCount: columns) { _, column in
                stream.bernoulli(0.1) ? 0 : stream.normal() * (column % 3 == 0 ? 1e-3 : 1)
            }
            if columns > 1, stream.bernoulli(0.3) { for row in 0..<rows { a[row, 1] = a[row, 0] } }
            let right = (0..<rows).map { _ in stream.normal() }
            let found = NonnegativeLeastSquares(a, right)
            let rest = zip(right, a * found.solution).map { $0 - $1 }
            for column in 0..<columns {
                let slope = (0..<rows).reduce(0.0) { $0 + a[$1, column] * rest[$1] }
                #expect(found.solution[column] >= 0 && slope < 1e-8)
                if found.solution[column] > 0 { #expect(abs(slope) < 1e-8) }
            }
        }
    }
}
