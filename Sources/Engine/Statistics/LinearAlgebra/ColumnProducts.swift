import Runtime

/// Products of Float32 columns in double precision: eight sums side by side, joined at the end, so they are fast and the same
/// whatever the threads.
package enum ColumnProducts {
    /// sum of left * right.
    package static func dot(_ left: [Float], _ right: [Float]) -> Double {
        precondition(left.count == right.count)
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                var sums = SIMD8<Double>.zero
                let whole = left.count / 8 * 8
                for start in stride(from: 0, to: whole, by: 8) {
                    var (a, b) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
                    for lane in 0..<8 {
                        a[lane] = left[start + lane]
                        b[lane] = right[start + lane]
                    }
                    sums += SIMD8<Double>(a) * SIMD8<Double>(b)
                }
                var sum = sums.sum()
                for index in whole..<left.count { sum += Double(left[index]) * Double(right[index]) }
                return sum
            }
        }
    }

    /// sum of the column.
    package static func sum(_ column: [Float]) -> Double {
        column.withUnsafeBufferPointer { values in
            var sums = SIMD8<Double>.zero
            let whole = values.count / 8 * 8
            for start in stride(from: 0, to: whole, by: 8) {
                var a = SIMD8<Float>.zero
                for lane in 0..<8 { a[lane] = values[start + lane] }
                sums += SIMD8<Double>(a)
            }
            var sum = sums.sum()
            for index in whole..<values.count { sum += Double(values[index]) }
            return sum
        }
    }

    /// The products of every left with every right column, parallel over the left ones.
    package static func gram(_ left: [[Float]], _ right: [[Float]], workers: Workers) throws -> [[Double]] {
        try workers.map(left.count) { i in right.map { dot(left[i], $0) } }
    }

    /// total += factor * column.
    package static func add(_ column: [Float], times factor: Double, to total: inout [Double]) {
        precondition(column.count == total.count)
        guard factor != 0 else { return }
        total.withUnsafeMutableBufferPointer { total in
            column.withUnsafeBufferPointer { column in
                for index in column.indices { total[index] += factor * Double(column[index]) }
            }
        }
    }
}
