/// What the tests of independence look at in a covariate: columns of centred values, none of them heavy-tailed, so that a
/// chi-square distribution describes their sums even far out.
enum BalanceFeatures {
    /// An indicator tells something, and its sums are near normal, from this expected count on in every arm.
    private static let fewestExpected = 5.0
    /// Levels beyond the most frequent ones are pooled.
    private static let levelLimit = 20

    /// - Parameter smallestShare: of any arm.
    /// - Complexity: O(units log units).
    static func columns(of covariate: Covariate, smallestShare: Double) -> [[Float]] {
        let units = covariate.values.count
        let missing = covariate.values.count { $0.isNaN }
        func tells(_ count: Int) -> Bool { Double(min(count, units - count)) * smallestShare >= fewestExpected }
        var columns: [[Float]] = []
        switch covariate.encoding {
        case .numeric:
            if let ranks = ranks(covariate.values) { columns.append(ranks) }
            if tells(missing) { columns.append(indicator(covariate.values, count: missing) { $0.isNaN }) }
        case .categorical(let levels):
            // Missing is one more level; the most frequent is what the others are held against.
            var counts = [Int](repeating: 0, count: levels.count + 1)
            for value in covariate.values { counts[value.isNaN ? levels.count : Int(value)] += 1 }
            let order = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
            let rest = order.dropFirst()
            let own = rest.prefix(levelLimit).filter { tells(counts[$0]) }
            for code in own {
                let wanted = Float(code)
                columns.append(
                    code == levels.count
                        ? indicator(covariate.values, count: missing) { $0.isNaN }
                        : indicator(covariate.values, count: counts[code]) { $0 == wanted })
            }
            let isPooled = counts.indices.map { rest.contains($0) && !own.contains($0) }
            let pooled = counts.indices.reduce(0) { $0 + (isPooled[$1] ? counts[$1] : 0) }
            if tells(pooled) {
                columns.append(
                    indicator(covariate.values, count: pooled) { isPooled[$0.isNaN ? levels.count : Int($0)] })
            }
        }
        return columns
    }

    private static func indicator(_ values: [Float], count: Int, _ holds: (Float) -> Bool) -> [Float] {
        let mean = Float(Double(count) / Double(max(1, values.count)))
        return values.map { holds($0) ? 1 - mean : -mean }
    }

    /// Mid-ranks from -1/2 to 1/2, 0 where missing; nil where the values do not vary.
    private static func ranks(_ values: [Float]) -> [Float]? {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
        // Each distinct value once, with the mid-rank of its run.
        var distinct: [Float] = []
        var middle: [Float] = []
        let count = Double(sorted.count)
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            distinct.append(sorted[start])
            middle.append(Float((Double(start + end) / 2) / count - 0.5))
            start = end
        }
        return distinct.withUnsafeBufferPointer { distinct in
            values.map { value in
                guard !value.isNaN else { return 0 }
                var (low, high) = (0, distinct.count - 1)
                while low < high {
                    let place = (low + high) / 2
                    if distinct[place] < value { low = place + 1 } else { high = place }
                }
                return middle[low]
            }
        }
    }
}
