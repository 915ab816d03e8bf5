import CKernels

/// Ranked units as the bootstrap's kernel reads them, cut into blocks.
struct ReplicateColumns: Sendable {
    static let blockSize = 1_024

    let count: Int
    private let weight: [Float]
    private let value: [Float]
    private let cost: [Float]
    private let treated: [UInt8]
    private let hash: [UInt64]

    var blockCount: Int { (count + Self.blockSize - 1) / Self.blockSize }

    init(_ ranked: RankedUnits) {
        count = ranked.count
        weight = ranked.weight.map { Float($0) }
        value = zip(ranked.weight, ranked.value).map { Float($0 * $1) }
        cost = zip(ranked.weight, ranked.cost).map { Float($0 * $1) }
        treated = ranked.treated.map { $0 ? 1 : 0 }
        hash = ranked.draws.map { PoissonCounts.hash(key: $0) }
    }

    /// The sums of up to 32 replicates before every block, and over all as the last.
    /// - Returns: entry (replicate of the group) * (blocks + 1) + block.
    func prefixes(group: Int, of counts: PoissonCounts) -> [TargetedSums] {
        let width = Int(ESPALIER_REPLICATES)
        let sumCount = Int(ESPALIER_REPLICATE_COUNT)
        let keyCount = Int(ESPALIER_REPLICATE_KEYS)
        var keys = Array(counts.keys.dropFirst(group * keyCount).prefix(keyCount))
        keys += [UInt32](repeating: 0, count: keyCount - keys.count)
        var sums = [Float](repeating: 0, count: sumCount * width)
        let stride = blockCount + 1
        var result = [TargetedSums](repeating: .zero, count: width * stride)
        withColumns { columns in
            for block in 0..<blockCount {
                let start = block * Self.blockSize
                espalier_replicate_sums(columns, start, min(Self.blockSize, count - start), keys, &sums)
                for replicate in 0..<width {
                    var lanes = result[replicate * stride + block].lanes
                    for sum in 0..<sumCount { lanes[sum] += Double(sums[sum * width + replicate]) }
                    result[replicate * stride + block + 1].lanes = lanes
                }
            }
        }
        return result
    }

    /// The unit at a position, counted as a replicate counts it.
    func add(_ position: Int, _ replicate: Int, of counts: PoissonCounts, to sums: inout TargetedSums) {
        let times = Double(counts.count(hash: hash[position], replicate: replicate))
        let arm = treated[position] == 1 ? 1 : 4
        sums.lanes[0] += times
        sums.lanes[arm] += times * Double(weight[position])
        sums.lanes[arm + 1] += times * Double(value[position])
        sums.lanes[arm + 2] += times * Double(cost[position])
    }

    private func withColumns(_ body: (UnsafePointer<EspalierRankedUnits>) -> Void) {
        weight.withUnsafeBufferPointer { weight in
            value.withUnsafeBufferPointer { value in
                cost.withUnsafeBufferPointer { cost in
                    treated.withUnsafeBufferPointer { treated in
                        hash.withUnsafeBufferPointer { hash in
                            var columns = EspalierRankedUnits(
                                weight: weight.baseAddress, value: value.baseAddress, cost: cost.baseAddress,
                                treated: treated.baseAddress, hash: hash.baseAddress)
                            withUnsafePointer(to: &columns, body)
                        }
                    }
                }
            }
        }
    }
}
