import CKernels

/// Units of one arm and control, in the form the row loops read: row << 1 | (1 if treated), grouped by node.
struct ContrastEntries: Sendable {
    private(set) var entries: [UInt32]
    /// Outcome and weight beside each entry; empty where they are not needed.
    private(set) var values: [Float]
    private(set) var weights: [Float]

    /// - Parameters:
    ///   - values: the outcome by row; nil keeps none.
    ///   - weights: omega by row; nil for weight 1.
    init(_ entries: [UInt32], values: [Float]? = nil, weights: [Float]? = nil) {
        self.entries = entries
        self.values = values.map { column in entries.map { column[Int($0 >> 1)] } } ?? []
        self.weights = weights.map { column in entries.map { column[Int($0 >> 1)] } } ?? []
    }

    var count: Int { entries.count }

    /// Stable partition of a range by the bins of one covariate.
    /// - Returns: where the right part begins.
    /// - Complexity: O(range.count).
    mutating func partition(_ range: Range<Int>, bins: [UInt8], left: [UInt8]) -> Int {
        guard !range.isEmpty else { return range.lowerBound }
        var scratch = [UInt32](repeating: 0, count: range.count)
        var scratchValues = [Float](repeating: 0, count: values.isEmpty ? 0 : range.count)
        var scratchWeights = [Float](repeating: 0, count: weights.isEmpty ? 0 : range.count)
        let (hasValues, hasWeights) = (!values.isEmpty, !weights.isEmpty)
        let kept = entries.withUnsafeMutableBufferPointer { entries in
            values.withUnsafeMutableBufferPointer { values in
                weights.withUnsafeMutableBufferPointer { weights in
                    espalier_partition(
                        bins, left, entries.baseAddress! + range.lowerBound,
                        hasValues ? values.baseAddress! + range.lowerBound : nil,
                        hasWeights ? weights.baseAddress! + range.lowerBound : nil, range.count, &scratch,
                        &scratchValues, &scratchWeights)
                }
            }
        }
        return range.lowerBound + kept
    }

    /// Six doubles per arm (control, then treated) over a range, outcome and weight taken from columns by row.
    func armSums(_ range: Range<Int>, values: [Float], weights: [Float]?) -> (control: ArmSums, treated: ArmSums) {
        var sums = [Double](repeating: 0, count: 12)
        entries.withUnsafeBufferPointer { entries in
            guard let base = entries.baseAddress else { return }
            if let weights {
                espalier_arm_sums(base + range.lowerBound, range.count, values, weights, &sums)
            } else {
                espalier_arm_sums(base + range.lowerBound, range.count, values, nil, &sums)
            }
        }
        return (ArmSums(sums[0..<6]), ArmSums(sums[6..<12]))
    }

    /// Walks the entries down a tree: `visit` sees every node, parents first, with the range its entries have then.
    /// - Complexity: O(count x depth).
    mutating func descend(
        _ binned: BinnedCovariates, branch: (Int) -> Branch?, visit: (Int, Range<Int>, ContrastEntries) -> Void
    ) {
        var pending = [(node: 0, range: 0..<count)]
        while let (node, range) = pending.popLast() {
            visit(node, range, self)
            guard let branch = branch(node) else { continue }
            let covariate = branch.split.covariate
            let cut = partition(
                range, bins: binned.bins[covariate], left: binned.codes[covariate].goesLeft(branch.split))
            pending.append((branch.right, cut..<range.upperBound))
            pending.append((branch.left, range.lowerBound..<cut))
        }
    }
}
