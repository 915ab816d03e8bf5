import Statistics

/// Doubly robust score differences in descending order of what a learner predicts for their units: all that the rank-weighted
/// average treatment effects need (RATE; Yadlowsky, Fleming, Shah, Brunskill & Wager 2021).
///
/// Units with the same prediction form one tie and each count as their tie's mean, as in grf: the order inside a tie, which
/// says nothing, changes nothing.
struct RankedScores: Sendable {
    /// In descending order of priority.
    private let scores: [Double]
    /// One past the last unit of each tie.
    private let ends: [Int]
    /// 1 + 1/2 + ... + 1/k, from k = 0.
    private let harmonic: [Double]

    /// - Parameters:
    ///   - priority: higher is treated first.
    ///   - scores: Gamma_i - Gamma_0 of the same units, oriented so that more is better.
    /// - Complexity: O(units log units).
    init(priority: [Float], scores: [Double]) {
        precondition(priority.count == scores.count)
        let order = priority.indices.sorted { (priority[$1], $0) < (priority[$0], $1) }
        var ends: [Int] = []
        for (rank, unit) in order.enumerated() where rank > 0 && priority[unit] != priority[order[rank - 1]] {
            ends.append(rank)
        }
        if !order.isEmpty { ends.append(order.count) }
        self.scores = order.map { scores[$0] }
        self.ends = ends
        var sum = 0.0
        harmonic =
            [0]
            + order.indices.map { index in
                sum += 1 / Double(index + 1)
                return sum
            }
    }

    var count: Int { scores.count }

    /// What a sample of the units says.
    struct Value: Sendable {
        /// Mean over ranks j of TOC(j/n), the effect among the first j less the average effect.
        var autoc: Double
        /// Mean over ranks of (j/n) TOC(j/n): the area between the gain curve and that of treating at random.
        var qini: Double
        /// Gain per unit of treating the first share q, q E[Gamma_i - Gamma_0 | first q], at `RankingCurve.shares`.
        var gains: [Double]
    }

    /// All units.
    func value() -> Value { value(of: [UInt64](repeating: .max, count: (count + 63) / 64)) }

    /// A random half of the units, each kept by a coin of its own: what it says differs from what all units say as
    /// all units differ from the population (double-or-nothing bootstrap; Owen & Eckles 2012).
    func half(_ stream: inout RandomStream) -> Value {
        value(of: (0..<(count + 63) / 64).map { _ in stream.next() })
    }

    /// - Complexity: O(units).
    private func value(of mask: [UInt64]) -> Value {
        let shares = RankingCurve.shares
        var kept = 0
        for (index, word) in mask.enumerated() {
            let used = min(64, count - 64 * index)
            kept += (used == 64 ? word : word & (1 << UInt64(used) - 1)).nonzeroBitCount
        }
        var value = Value(autoc: 0, qini: 0, gains: [Double](repeating: 0, count: shares.count))
        guard kept > 0 else { return value }
        let n = Double(kept)
        var start = 0
        var before = 0
        var cumulative = 0.0
        var point = 1
        for end in ends {
            var members = 0
            var sum = 0.0
            for index in start..<end where mask[index >> 6] >> UInt64(index & 63) & 1 == 1 {
                members += 1
                sum += scores[index]
            }
            start = end
            guard members > 0 else { continue }
            let size = Double(members)
            let mean = sum / size
            // Over t = 1...size: sum of (cumulative + t mean) / (before + t), and of cumulative + t mean.
            value.autoc +=
                sum + (cumulative - Double(before) * mean) * (harmonic[before + members] - harmonic[before])
            value.qini += size * cumulative + mean * size * (size + 1) / 2
            while point < shares.count, shares[point] * n <= Double(before + members) + 1e-9 {
                value.gains[point] = (cumulative + (shares[point] * n - Double(before)) * mean) / n
                point += 1
            }
            cumulative += sum
            before += members
        }
        let average = cumulative / n
        value.autoc = value.autoc / n - average
        value.qini = value.qini / (n * n) - average * (n + 1) / (2 * n)
        return value
    }
}
