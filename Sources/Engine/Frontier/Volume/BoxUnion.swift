/// The union of boxes from the origin to each of some corners, all above it: the hot loop of the hypervolume.
///
/// Corners lie row by row in memory that the caller owns.
struct BoxUnion {
    private let rows: UnsafeMutableBufferPointer<Double>
    private let count: Int
    private let width: Int

    /// - Parameter rows: corners, `width` coordinates each.
    init(rows: UnsafeMutableBufferPointer<Double>, width: Int) {
        self.init(rows: rows, count: rows.count / width, width: width)
    }

    private init(rows: UnsafeMutableBufferPointer<Double>, count: Int, width: Int) {
        self.rows = rows
        self.count = count
        self.width = width
    }

    var volume: Double {
        switch (count, width) {
        case (0, _): 0
        case (1, _): box(0, width)
        case (_, 1): rows.prefix(count).max() ?? 0
        case (_, 2): area
        case (_, 3): sweep
        default: slices
        }
    }

    private func box(_ row: Int, _ axes: Int) -> Double {
        var product = 1.0
        for axis in 0..<axes { product *= rows[row * width + axis] }
        return product
    }

    /// Rows by their last coordinate.
    private func order(ascending: Bool) -> [Int] {
        let last = width - 1
        return (0..<count).sorted { a, b in
            let (x, y) = (rows[a * width + last], rows[b * width + last])
            return x != y ? (x < y) == ascending : a < b
        }
    }

    private var area: Double {
        var total = 0.0
        var reach = 0.0
        for row in order(ascending: false) where rows[row * 2] > reach {
            total += (rows[row * 2] - reach) * rows[row * 2 + 1]
            reach = rows[row * 2]
        }
        return total
    }

    /// From the highest last coordinate down: the area attained so far, times the height to the next.
    private var sweep: Double {
        var stairs = Staircase()
        var area = 0.0
        var total = 0.0
        var height = 0.0
        for row in order(ascending: false) {
            let next = rows[row * 3 + 2]
            total += area * (height - next)
            height = next
            area += stairs.insert(rows[row * 3], rows[row * 3 + 1])
        }
        return total + area * height
    }

    /// Each corner's box less what later ones cover of it. By ascending last coordinate the later ones reach through the
    /// whole of its last side, so what they cover is the side times a volume of one dimension less.
    private var slices: Double {
        let last = width - 1
        let order = order(ascending: true)
        var total = 0.0
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count * last) { limited in
            for (rank, row) in order.enumerated() {
                var kept = 0
                for other in order[(rank + 1)...] {
                    for axis in 0..<last {
                        limited[kept * last + axis] = min(rows[row * width + axis], rows[other * width + axis])
                    }
                    kept = Self.keepIfUncovered(limited, kept, last)
                }
                let covered = BoxUnion(rows: limited, count: kept, width: last).volume
                total += rows[row * width + last] * (box(row, last) - covered)
            }
        }
        return total
    }

    /// Row `kept` joins the mutually non-dominated rows before it, or not.
    /// - Returns: how many are kept then.
    private static func keepIfUncovered(
        _ rows: UnsafeMutableBufferPointer<Double>, _ kept: Int, _ width: Int
    ) -> Int {
        // Corners of three coordinates are swept, and the sweep passes over covered ones by itself.
        guard width > 3 else { return kept + 1 }
        var end = kept
        var row = 0
        while row < end {
            var isCovered = true
            var isCovering = true
            for axis in 0..<width {
                let new = rows[kept * width + axis]
                let old = rows[row * width + axis]
                if new > old { isCovered = false }
                if new < old { isCovering = false }
            }
            // Among mutually non-dominated rows, none covers what covers another: nothing was dropped so far.
            if isCovered { return kept }
            if isCovering {
                end -= 1
                for axis in 0..<width { rows[row * width + axis] = rows[end * width + axis] }
            } else {
                row += 1
            }
        }
        if end < kept {
            for axis in 0..<width { rows[end * width + axis] = rows[kept * width + axis] }
        }
        return end + 1
    }
}
