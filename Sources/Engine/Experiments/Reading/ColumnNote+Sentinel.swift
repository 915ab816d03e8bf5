extension ColumnNote.Sentinel {
    /// Numbers that people write for a missing value.
    private static let usual: Set<Double> = [
        -1, -9, -99, -999, -9999, -99_999, -999_999, -9_999_999, -99_999_999, -999_999_999, -9.99, -99.9, -999.9,
        -99.99,
        -999.99, 99, 999, 9999, 99_999, 999_999, 9_999_999, 99_999_999, 999_999_999,
    ]
    /// It stands in this share of the rows at least.
    private static let leastShare = 0.005
    /// The other values are so many at least, so that a code of few values is none.
    private static let fewestOthers = 10
    /// A positive one is so many times the largest other value.
    private static let farOut = 3.0

    /// The value at either end of a column that is one of the usual ones, stands often and lies apart from the rest; nil where
    /// there is none.
    /// - Complexity: O(values), a second pass only where an end is one of the usual ones.
    init?(_ values: [Double]) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values {
            if value < low { low = value }
            if value > high { high = value }
        }
        guard low < high else { return nil }
        for candidate in [low, high] where Self.usual.contains(candidate) {
            var rows = 0
            var there = 0
            var (first, last) = (Double.infinity, -Double.infinity)
            var seen: Set<Double> = []
            for value in values where !value.isNaN {
                there += 1
                if value == candidate {
                    rows += 1
                    continue
                }
                first = min(first, value)
                last = max(last, value)
                if seen.count < Self.fewestOthers { seen.insert(value) }
            }
            guard rows > 1, Double(rows) >= Self.leastShare * Double(there), seen.count >= Self.fewestOthers,
                first < last
            else { continue }
            let isApart = candidate < 0 ? first >= 0 : last > 0 && candidate > Self.farOut * last
            guard isApart else { continue }
            self.init(value: candidate, rows: rows, rest: first...last)
            return
        }
        return nil
    }
}
