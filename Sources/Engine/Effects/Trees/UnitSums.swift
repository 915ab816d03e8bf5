import CKernels

/// Sums for tree growth from units in memory: the row lists of each node, and one pass of the histogram kernel per
/// (node, covariate).
package struct UnitSums: SumsProvider {
    package let codes: [BinCode]
    private let bins: [[UInt8]]
    private var growing: ContrastEntries
    private var estimating: ContrastEntries
    private var ranges: [Int: (growing: Range<Int>, estimating: Range<Int>)]

    /// - Parameters:
    ///   - growing: the growing half with outcome (and omega where propensities vary) beside each entry.
    ///   - estimating: the estimating half, without outcomes; empty where a tree is not honest itself (cross-validation).
    init(_ binned: BinnedCovariates, growing: ContrastEntries, estimating: ContrastEntries) {
        codes = binned.codes
        bins = binned.bins
        self.growing = growing
        self.estimating = estimating
        ranges = [0: (0..<growing.count, 0..<estimating.count)]
    }

    /// - Complexity: O(units).
    package func total() -> ContrastSums {
        let last = (growing.entries + estimating.entries).max().map { Int($0 >> 1) } ?? 0
        return sums(of: 0, bins: [UInt8](repeating: 0, count: last + 1), binCount: 1).bins[0]
    }

    /// - Complexity: O(units of the nodes + nodes x bins).
    package func sums(of nodes: [Int], covariate: Int) -> [BinSums] {
        nodes.map { sums(of: $0, bins: bins[covariate], binCount: codes[covariate].valueBins + 1) }
    }

    package mutating func divide(_ divisions: [NodeDivision]) {
        for division in divisions {
            guard let range = ranges.removeValue(forKey: division.node) else { continue }
            let branch = division.branch
            let column = bins[branch.split.covariate]
            let left = codes[branch.split.covariate].goesLeft(branch.split)
            let cut = growing.partition(range.growing, bins: column, left: left)
            let estimatingCut = estimating.partition(range.estimating, bins: column, left: left)
            ranges[branch.left] = (range.growing.lowerBound..<cut, range.estimating.lowerBound..<estimatingCut)
            ranges[branch.right] = (cut..<range.growing.upperBound, estimatingCut..<range.estimating.upperBound)
        }
    }

    private func sums(of node: Int, bins: [UInt8], binCount: Int) -> BinSums {
        guard let range = ranges[node] else { return BinSums(bins: Array(repeating: ContrastSums(), count: binCount)) }
        let weighted = !growing.weights.isEmpty
        let stride = weighted ? 8 : 4
        var cells = [Double](repeating: 0, count: binCount * 2 * stride)
        var counts = [UInt32](repeating: 0, count: binCount * 2)
        growing.entries.withUnsafeBufferPointer { entries in
            growing.values.withUnsafeBufferPointer { values in
                growing.weights.withUnsafeBufferPointer { weights in
                    guard let entries = entries.baseAddress, let values = values.baseAddress else { return }
                    let start = range.growing.lowerBound
                    if weighted, let weights = weights.baseAddress {
                        espalier_histogram_weighted(
                            bins, entries + start, values + start, weights + start, range.growing.count, &cells)
                    } else {
                        espalier_histogram(bins, entries + start, values + start, range.growing.count, &cells)
                    }
                }
            }
        }
        estimating.entries.withUnsafeBufferPointer { entries in
            guard let entries = entries.baseAddress else { return }
            espalier_histogram_counts(bins, entries + range.estimating.lowerBound, range.estimating.count, &counts)
        }
        func arm(_ cell: Int) -> ArmSums {
            weighted
                ? ArmSums(cells[(cell * 8)..<(cell * 8 + 6)])
                : ArmSums(count: cells[cell * 4], value: cells[cell * 4 + 1], square: cells[cell * 4 + 2])
        }
        return BinSums(
            bins: (0..<binCount).map { bin in
                var pair = ContrastSums()
                pair.control = arm(bin * 2)
                pair.treated = arm(bin * 2 + 1)
                pair.estimatingControl = Double(counts[bin * 2])
                pair.estimatingTreated = Double(counts[bin * 2 + 1])
                return pair
            })
    }
}
