import Statistics

extension ShrinkageCone {
    /// An exact z: whether it is the only one, and whether it is sure to be the one of smallest sum alpha².
    struct Solution: Sendable {
        let z: [Double]
        let isUnique: Bool
    }

    /// What counts as equal, relative to the biases' size.
    private static let tolerance = 1e-9
    /// Corners beyond this many subsets of rays are not enumerated, and of those found so many take part in the search.
    private static let subsetLimit = 200_000.0
    private static let cornerLimit = 40

    /// The z of smallest sum alpha² that makes the biases exactly; nil where the biases lie outside the cone.
    ///
    /// The solutions are a polyhedron; the cost grows with every z_j, so the smallest lies in the hull of its corners, where
    /// mass is moved between pairs of corners until nothing improves.
    func smallest(for biases: [Double]) -> Solution? {
        let target = Array(biases.dropFirst())
        let size = target.reduce(0) { max($0, abs($1)) }
        guard size > 0 else { return Solution(z: Array(repeating: 0, count: rays.count), isUnique: !isUnbounded) }
        let first = NonnegativeLeastSquares(matrix, target)
        guard first.residual <= Self.tolerance * size else { return nil }
        var corners = self.corners(target, size: size)
        if !corners.contains(where: { Self.areSame($0, first.solution) }) { corners.append(first.solution) }
        let isUnique = corners.count == 1 && !isUnbounded
        corners.sort { cost($0) < cost($1) }
        return Solution(z: descend(Array(corners.prefix(Self.cornerLimit))), isUnique: isUnique)
    }

    /// Whether some direction d >= 0, not 0, leaves the biases where they are.
    private var isUnbounded: Bool {
        let rows = matrix.rowCount
        let scale = matrix.values.reduce(0) { max($0, abs($1)) }
        let extended = DenseMatrix(rowCount: rows + 1, columnCount: rays.count) {
            $0 < rows ? (scale > 0 ? matrix[$0, $1] / scale : 0) : 1
        }
        return NonnegativeLeastSquares(extended, Array(repeating: 0, count: rows) + [1]).residual < 1e-9
    }

    private static func areSame(_ a: [Double], _ b: [Double]) -> Bool {
        let size = zip(a, b).reduce(0) { max($0, abs($1.0), abs($1.1)) }
        return zip(a, b).allSatisfy { abs($0 - $1) <= 1e-7 * size }
    }

    /// Corners of the solutions: as many rays as there are treated arms, solved exactly, where that gives z >= 0.
    private func corners(_ target: [Double], size: Double) -> [[Double]] {
        let rows = matrix.rowCount
        let columns = rays.count
        guard columns > rows, Self.subsets(columns, rows) <= Self.subsetLimit else { return [] }
        var found: [[Double]] = []
        var subset = Array(0..<rows)
        while true {
            if let values = Self.solve(subset.map { column in (0..<rows).map { matrix[$0, column] } }, target) {
                var z = [Double](repeating: 0, count: columns)
                let scale = values.reduce(0) { max($0, abs($1)) }
                for (column, value) in zip(subset, values) { z[column] = abs(value) <= 1e-12 * scale ? 0 : value }
                let gap = zip(matrix * z, target).reduce(0) { max($0, abs($1.0 - $1.1)) }
                if z.allSatisfy({ $0 >= 0 }), gap <= Self.tolerance * size,
                    !found.contains(where: { Self.areSame($0, z) })
                {
                    found.append(z)
                }
            }
            guard let place = subset.indices.last(where: { subset[$0] < columns - rows + $0 }) else { return found }
            subset[place] += 1
            for later in subset.indices where later > place { subset[later] = subset[later - 1] + 1 }
        }
    }

    private static func subsets(_ n: Int, _ k: Int) -> Double {
        (0..<min(k, n - k)).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }

    /// The solution of a square system by elimination with row exchange; nil where it is singular.
    /// - Parameter columns: of the matrix.
    private static func solve(_ columns: [[Double]], _ right: [Double]) -> [Double]? {
        let n = right.count
        var rows = (0..<n).map { row in columns.map { $0[row] } + [right[row]] }
        let scale = columns.reduce(0.0) { $1.reduce($0) { max($0, abs($1)) } }
        for k in 0..<n {
            guard let pivot = (k..<n).max(by: { abs(rows[$0][k]) < abs(rows[$1][k]) }),
                abs(rows[pivot][k]) > 1e-12 * scale
            else { return nil }
            rows.swapAt(k, pivot)
            for row in (k + 1)..<max(k + 1, n) {
                let factor = rows[row][k] / rows[k][k]
                for column in k...n { rows[row][column] -= factor * rows[k][column] }
            }
        }
        var solution = [Double](repeating: 0, count: n)
        for k in (0..<n).reversed() {
            let known = (k + 1..<max(k + 1, n)).reduce(0.0) { $0 + rows[k][$1] * solution[$1] }
            solution[k] = (rows[k][n] - known) / rows[k][k]
        }
        return solution
    }

    // MARK: The smallest within the hull of the corners

    private func descend(_ corners: [[Double]]) -> [Double] {
        guard corners.count > 1 else { return corners.first ?? [] }
        let starts = [
            corners.indices.map { $0 == 0 ? 1.0 : 0 },
            Array(repeating: 1 / Double(corners.count), count: corners.count),
        ]
        let found = starts.map { descend(from: $0, corners) }
        return found.min { cost($0) < cost($1) } ?? corners[0]
    }

    private func descend(from start: [Double], _ corners: [[Double]]) -> [Double] {
        var shares = start
        func point(_ shares: [Double]) -> [Double] {
            rays.indices.map { ray in zip(shares, corners).reduce(0) { $0 + $1.0 * $1.1[ray] } }
        }
        var best = cost(point(shares))
        for _ in 0..<200 {
            let before = best
            for from in corners.indices {
                for to in corners.indices where to != from && shares[from] > 0 {
                    let moved = Self.bestMove(shares[from]) { amount in
                        var trial = shares
                        trial[from] -= amount
                        trial[to] += amount
                        return cost(point(trial))
                    }
                    guard moved.cost < best else { continue }
                    shares[from] -= moved.amount
                    shares[to] += moved.amount
                    best = moved.cost
                }
            }
            if before - best <= 1e-14 * max(1, before) { break }
        }
        return point(shares)
    }

    /// The best amount in 0...limit: the best of a grid, refined by golden section between its neighbours.
    private static func bestMove(_ limit: Double, _ cost: (Double) -> Double) -> (amount: Double, cost: Double) {
        let steps = 8
        let grid = (0...steps).map { limit * Double($0) / Double(steps) }
        let costs = grid.map(cost)
        let top = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        var (low, high) = (grid[max(0, top - 1)], grid[min(steps, top + 1)])
        let golden = (5.0.squareRoot() - 1) / 2
        var best = (amount: grid[top], cost: costs[top])
        for _ in 0..<40 {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low))
            let (a, b) = (cost(left), cost(right))
            if a < best.cost { best = (left, a) }
            if b < best.cost { best = (right, b) }
            if a < b { high = right } else { low = left }
        }
        return best
    }
}
