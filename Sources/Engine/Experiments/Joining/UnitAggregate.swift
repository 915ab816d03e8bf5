import Statistics

/// What the many numbers of each unit become, as the rows come: memory grows with the units, and the result does not depend
/// on the order of the rows.
struct UnitAggregate: Sendable {
    private let aggregate: JoinedFile.Aggregate
    private var counts: [Int32]
    /// The smallest or largest value so far.
    private var extremes: [Double] = []
    private var sums: [ExactSum] = []

    /// - Parameter aggregate: any but `latest`.
    init(_ aggregate: JoinedFile.Aggregate, unitCount: Int) {
        self.aggregate = aggregate
        counts = Array(repeating: 0, count: unitCount)
        switch aggregate {
        case .sum, .mean: sums = Array(repeating: ExactSum(), count: unitCount)
        case .min, .max: extremes = Array(repeating: .nan, count: unitCount)
        case .count, .latest: break
        }
    }

    /// - Parameters:
    ///   - values: by record; NaN does not count.
    ///   - unitOfRecord: -1 for a record that does not count.
    mutating func take(_ values: [Double], unitOfRecord: [Int32]) {
        for (record, unit) in unitOfRecord.enumerated() where unit >= 0 && !values[record].isNaN {
            let (unit, value) = (Int(unit), values[record])
            counts[unit] += 1
            switch aggregate {
            case .sum, .mean: sums[unit].add(value)
            case .min: if !(extremes[unit] <= value) { extremes[unit] = value }
            case .max: if !(extremes[unit] >= value) { extremes[unit] = value }
            case .count, .latest: break
            }
        }
    }

    /// By unit; NaN for a unit without a value, but 0 for counts and `sumOfNone` for sums.
    func values(sumOfNone: Double) -> [Double] {
        counts.indices.map { unit in
            let count = counts[unit]
            return switch aggregate {
            case .count: Double(count)
            case .sum: count == 0 ? sumOfNone : sums[unit].value
            case .mean: count == 0 ? .nan : sums[unit].value / Double(count)
            case .min, .max: extremes[unit]
            case .latest: .nan
            }
        }
    }
}
