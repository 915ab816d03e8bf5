import Runtime

/// An evaluation sample in descending order of a score, as the passes of the cost curve read it.
///
/// Units of one score are a tie and enter together: where a share ends inside a tie, each of its units counts with the same
/// fraction, which makes every sum its mean over all orders of the tie. So the order of the rows says nothing.
struct RankedUnits: Sendable {
    /// Index of each unit in the sample.
    let units: [Int]
    /// What each unit's bootstrap counts are drawn from: its index, or the key of its cluster.
    let draws: [UInt64]
    let treated: [Bool]
    let weight: [Double]
    /// Less the sample's mean, which no difference between arms depends on.
    let value: [Double]
    let cost: [Double]
    /// For each position the first and the position after the last of its tie.
    let tieStart: [Int32]
    let tieEnd: [Int32]

    var count: Int { units.count }

    /// - Complexity: O(n log n).
    init(scores: [Double], sample: EvaluationSample) {
        precondition(scores.count == sample.count && scores.allSatisfy { !$0.isNaN })
        var order = scores.indices.map { (key: Self.key(scores[$0]), unit: Int32($0)) }
        order.sort { ($0.key, $1.unit) > ($1.key, $0.unit) }
        let count = order.count
        let units = order.map { Int($0.unit) }
        self.units = units
        draws = sample.clusters.map { clusters in units.map { clusters[$0] } } ?? units.map { UInt64($0) }
        treated = units.map { sample.treated[$0] }
        weight =
            sample.inversePropensity.map { weights in units.map { weights[$0] } }
            ?? [Double](repeating: 1, count: count)
        let centres = (Self.mean(sample.value), Self.mean(sample.cost))
        value = units.map { sample.value[$0] - centres.0 }
        cost = units.map { sample.cost[$0] - centres.1 }
        var starts = [Int32](repeating: 0, count: count)
        var ends = [Int32](repeating: Int32(count), count: count)
        for position in order.indices.dropFirst() {
            let tied = order[position].key == order[position - 1].key
            starts[position] = tied ? starts[position - 1] : Int32(position)
        }
        for position in order.indices.dropLast().reversed() {
            let tied = order[position].key == order[position + 1].key
            ends[position] = tied ? ends[position + 1] : Int32(position + 1)
        }
        tieStart = starts
        tieEnd = ends
    }

    /// A whole number in the order of the scores; -0 is 0.
    private static func key(_ score: Double) -> UInt64 {
        let bits = (score + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    func add(_ position: Int, times count: Double = 1, to sums: inout TargetedSums) {
        sums.add(
            treated: treated[position], weight: weight[position], value: value[position], cost: cost[position],
            times: count)
    }
}
