import Statistics

/// What the tests of independence look at in a covariate: columns of centred values, none of them heavy-tailed, so that a
/// chi-square distribution describes their sums even far out.
enum BalanceFeatures {
    /// An indicator tells something, and its sums are near normal, from this expected count on in every arm.
    private static let fewestExpected = 5.0
    /// Levels beyond the most frequent ones are pooled.
    private static let levelLimit = 20

    /// - Parameter smallestShare: of any arm.
    /// - Complexity: O(units).
    static func columns(of covariate: Covariate, smallestShare: Double) -> [[Float]] {
        let units = covariate.values.count
        let missing = covariate.values.count { $0.isNaN }
        func tells(_ count: Int) -> Bool { Double(min(count, units - count)) * smallestShare >= fewestExpected }
        var columns: [[Float]] = []
        switch covariate.encoding {
        case .numeric:
            if let ranks = RadixSort.centredRanks(covariate.values) { columns.append(ranks) }
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

    /// The same by bins: what each feature is for the units of a bin, the missing one last.
    static func columns(
        _ encoding: CovariateEncoding, binUnits: [Double], smallestShare: Double
    ) -> [[Double]] {
        let units = binUnits.reduce(0, +)
        let missing = binUnits.count - 1
        func tells(_ count: Double) -> Bool { min(count, units - count) * smallestShare >= fewestExpected }
        func indicator(_ holds: (Int) -> Bool) -> [Double] {
            let mean = binUnits.indices.reduce(0) { $0 + (holds($1) ? binUnits[$1] : 0) } / max(1, units)
            return binUnits.indices.map { holds($0) ? 1 - mean : -mean }
        }
        var columns: [[Double]] = []
        switch encoding {
        case .numeric:
            let present = units - binUnits[missing]
            if binUnits.dropLast().count(where: { $0 > 0 }) > 1 {
                var below = 0.0
                var ranks = [Double](repeating: 0, count: binUnits.count)
                for bin in 0..<missing {
                    ranks[bin] = (below + binUnits[bin] / 2) / present - 0.5
                    below += binUnits[bin]
                }
                columns.append(ranks)
            }
            if tells(binUnits[missing]) { columns.append(indicator { $0 == missing }) }
        case .categorical:
            let order = binUnits.indices.filter { binUnits[$0] > 0 }.sorted {
                (binUnits[$1], $0) < (binUnits[$0], $1)
            }
            let rest = order.dropFirst()
            let own = rest.prefix(levelLimit).filter { tells(binUnits[$0]) }
            for code in own { columns.append(indicator { $0 == code }) }
            let pooled = Set(rest).subtracting(own)
            if tells(pooled.reduce(0) { $0 + binUnits[$1] }) { columns.append(indicator(pooled.contains)) }
        }
        return columns
    }
}
