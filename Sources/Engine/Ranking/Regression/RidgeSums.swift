import Runtime
import Statistics

/// What least squares needs of some units: weighted products of a basis' columns (a constant first) with each other and with
/// the targets, and of the targets with each other.
struct RidgeSums: Sendable {
    let width: Int
    let targetCount: Int
    /// Units, whatever their weight.
    private(set) var units = 0.0
    /// width x width; the upper triangle is filled.
    private(set) var gram: [Double]
    /// targetCount x width.
    private(set) var cross: [Double]
    /// targetCount x targetCount.
    private(set) var squares: [Double]

    init(width: Int, targetCount: Int) {
        self.width = width
        self.targetCount = targetCount
        gram = [Double](repeating: 0, count: width * width)
        cross = [Double](repeating: 0, count: targetCount * width)
        squares = [Double](repeating: 0, count: targetCount * targetCount)
    }

    /// Sums of every fold, in one pass.
    /// - Parameters:
    ///   - rows: the units to sum over; nil is all.
    ///   - weights: of the squared errors; nil is 1.
    /// - Complexity: O(n x width²).
    static func byFold(
        _ features: DenseMatrix, basis: HingeBasis, targets: [[Double]], weights: [Double]? = nil, rows: [Int]? = nil,
        folds: [Int], foldCount: Int, workers: Workers
    ) throws -> [RidgeSums] {
        try workers.map(foldCount) { fold in
            let own = (rows ?? Array(0..<features.rowCount)).filter { folds[$0] == fold }
            var sums = RidgeSums(width: 1 + basis.columnCount, targetCount: targets.count)
            for start in stride(from: 0, to: own.count, by: blockSize) {
                let block = Array(own[start..<min(start + blockSize, own.count)])
                sums.add(
                    features.rows(block), basis: basis, targets: targets.map { target in block.map { target[$0] } },
                    weights: weights.map { weights in block.map { weights[$0] } })
            }
            return sums
        }
    }

    private static let blockSize = 512

    private mutating func add(_ features: DenseMatrix, basis: HingeBasis, targets: [[Double]], weights: [Double]?) {
        let count = features.rowCount
        var columns = [Double](repeating: 1, count: count * width)
        var body = [Double](repeating: 0, count: count * (width - 1))
        features.values.withUnsafeBufferPointer {
            basis.write($0, stride: count, rows: 0..<count, to: &body)
        }
        columns.replaceSubrange(count..., with: body)
        columns += targets.flatMap { $0 }
        // The targets stand last, so that all products are those of columns.
        var weighted = columns
        if let weights {
            for index in weighted.indices { weighted[index] *= weights[index % count] }
        }
        units += Double(count)
        columns.withUnsafeBufferPointer { columns in
            weighted.withUnsafeBufferPointer { weighted in
                for row in 0..<width {
                    for column in row..<width {
                        gram[row * width + column] += Self.dot(columns, row, weighted, column, count)
                    }
                    for target in 0..<targetCount {
                        cross[target * width + row] += Self.dot(columns, row, weighted, width + target, count)
                    }
                }
                for row in 0..<targetCount {
                    for column in 0..<targetCount {
                        squares[row * targetCount + column] += Self.dot(
                            columns, width + row, weighted, width + column, count)
                    }
                }
            }
        }
    }

    private static func dot(
        _ left: UnsafeBufferPointer<Double>, _ i: Int, _ right: UnsafeBufferPointer<Double>, _ j: Int, _ count: Int
    ) -> Double {
        var sums = SIMD8<Double>.zero
        let (a, b) = (i * count, j * count)
        var place = 0
        while place + 8 <= count {
            var (x, y) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
            for lane in 0..<8 {
                x[lane] = left[a + place + lane]
                y[lane] = right[b + place + lane]
            }
            sums += x * y
            place += 8
        }
        var sum = sums.sum()
        while place < count {
            sum += left[a + place] * right[b + place]
            place += 1
        }
        return sum
    }

    static func + (left: RidgeSums, right: RidgeSums) -> RidgeSums { left.combined(right, +) }
    static func - (left: RidgeSums, right: RidgeSums) -> RidgeSums { left.combined(right, -) }

    private func combined(_ other: RidgeSums, _ operation: (Double, Double) -> Double) -> RidgeSums {
        var result = self
        result.units = operation(units, other.units)
        result.gram = zip(gram, other.gram).map(operation)
        result.cross = zip(cross, other.cross).map(operation)
        result.squares = zip(squares, other.squares).map(operation)
        return result
    }

    /// The same for one target made of all, as value less a price times cost.
    func combining(_ factors: [Double]) -> RidgeSums {
        precondition(factors.count == targetCount)
        var result = RidgeSums(width: width, targetCount: 1)
        result.units = units
        result.gram = gram
        for (target, factor) in factors.enumerated() {
            for column in 0..<width { result.cross[column] += factor * cross[target * width + column] }
            for other in 0..<targetCount {
                result.squares[0] += factor * factors[other] * squares[target * targetCount + other]
            }
        }
        return result
    }
}
