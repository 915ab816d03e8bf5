import Statistics

/// The simplest ratio of whole numbers that observed counts do not contradict.
enum PlausibleShares {
    /// Counts contradict a ratio whose chi-square p-value is below this.
    private static let contradiction = 0.01

    /// The ratio with the smallest sum up to 20, else percentages, else thousandths as observed.
    static func ratio(_ counts: [Int]) -> [Int] {
        let total = Double(counts.reduce(0, +))
        func rounded(_ sum: Int) -> [Int] { counts.map { max(1, Int((Double($0) / total * Double(sum)).rounded())) } }
        for sum in Array(counts.count...max(20, counts.count)) + [100] {
            let shares = rounded(sum)
            let scale = total / Double(shares.reduce(0, +))
            let statistic = zip(counts, shares).reduce(0.0) { value, pair in
                let expected = Double(pair.1) * scale
                let difference = Double(pair.0) - expected
                return value + difference * difference / expected
            }
            if ChiSquare.survival(statistic, degreesOfFreedom: Double(counts.count - 1)) >= contradiction {
                return shares
            }
        }
        return rounded(1000)
    }
}
