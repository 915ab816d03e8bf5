import CKernels
import Runtime

extension CostCurve {
    /// The curves of bootstrap replicates: units drawn with replacement (Poisson counts), the score and its order kept.
    ///
    /// One pass sums every replicate block by block; then each share's end is looked up in its block.
    /// - Returns: one curve per replicate; those of two scores of the same sample are of the same draws.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(n x replicates), 0.4 ns each.
    static func replicates(
        _ ranked: RankedUnits, shares: [Double], count: Int, seed: UInt64, context: RunContext
    ) throws -> [CostCurve] {
        let counts = PoissonCounts(seed: seed, replicates: count)
        let columns = ReplicateColumns(ranked)
        let width = Int(ESPALIER_REPLICATES)
        let groups = (count + width - 1) / width
        let curves = try context.workers.map(groups) { group in
            try context.cancellation.check()
            let prefixes = columns.prefixes(group: group, of: counts)
            let stride = columns.blockCount + 1
            return (0..<min(width, count - group * width)).map { replicate in
                let sums = ReplicateSums(
                    ranked: ranked, columns: columns, counts: counts, replicate: group * width + replicate,
                    prefixes: prefixes[replicate * stride..<(replicate + 1) * stride])
                return sums.curve(shares)
            }
        }
        return curves.flatMap { $0 }
    }
}

/// The sums of one replicate at any position of the order.
private struct ReplicateSums {
    let ranked: RankedUnits
    let columns: ReplicateColumns
    let counts: PoissonCounts
    let replicate: Int
    /// Before every block, and over all.
    let prefixes: ArraySlice<TargetedSums>

    private func prefix(_ block: Int) -> TargetedSums { prefixes[prefixes.startIndex + block] }
    private var total: TargetedSums { prefixes[prefixes.endIndex - 1] }

    func curve(_ shares: [Double]) -> CostCurve {
        let differences = shares.map { share in
            (share == 1 ? total : sums(units: share * total.units)).difference ?? (.nan, .nan)
        }
        return CostCurve(
            shares: shares, values: zip(shares, differences).map { $0 * $1.0 },
            costs: zip(shares, differences).map { $0 * $1.1 })
    }

    /// Over the best so many units as the replicate counts them.
    private func sums(units: Double) -> TargetedSums {
        let block = lastBlock(startingBelow: units)
        var before = prefix(block)
        var position = block * ReplicateColumns.blockSize
        while position < ranked.count {
            var after = before
            columns.add(position, replicate, of: counts, to: &after)
            if after.units >= units {
                let (start, end) = (Int(ranked.tieStart[position]), Int(ranked.tieEnd[position]))
                let lower = start == position ? before : sums(before: start)
                let upper = end == position + 1 ? after : sums(before: end)
                return .between(lower, upper, (units - lower.units) / (upper.units - lower.units))
            }
            before = after
            position += 1
        }
        return total
    }

    private func sums(before position: Int) -> TargetedSums {
        let block = position / ReplicateColumns.blockSize
        var sums = prefix(block)
        for unit in block * ReplicateColumns.blockSize..<position {
            columns.add(unit, replicate, of: counts, to: &sums)
        }
        return sums
    }

    private func lastBlock(startingBelow units: Double) -> Int {
        var (low, high) = (0, columns.blockCount)
        while high - low > 1 {
            let middle = (low + high) / 2
            if prefix(middle).units < units { low = middle } else { high = middle }
        }
        return low
    }
}
