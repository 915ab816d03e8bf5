import CKernels
import Experiments

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

    /// Adds the sums of a range by bin and arm to cells of eight doubles, or without weights of four, as the kernels lay them
    /// out.
    /// - Complexity: O(range.count).
    func histogram(_ range: Range<Int>, bins: [UInt8], into cells: inout [Double]) {
        let start = range.lowerBound
        entries.withUnsafeBufferPointer { entries in
            values.withUnsafeBufferPointer { values in
                weights.withUnsafeBufferPointer { weights in
                    guard let entries = entries.baseAddress, let values = values.baseAddress else { return }
                    if let weights = weights.baseAddress, !self.weights.isEmpty {
                        espalier_histogram_weighted(
                            bins, entries + start, values + start, weights + start, range.count, &cells)
                    } else {
                        espalier_histogram(bins, entries + start, values + start, range.count, &cells)
                    }
                }
            }
        }
    }

    /// Adds the counts of a range at bin * 2 + arm.
    /// - Complexity: O(range.count).
    func count(_ range: Range<Int>, bins: [UInt8], into counts: inout [UInt32]) {
        entries.withUnsafeBufferPointer { entries in
            guard let base = entries.baseAddress else { return }
            espalier_histogram_counts(bins, base + range.lowerBound, range.count, &counts)
        }
    }

    /// How many of a range are treated.
    func treated(_ range: Range<Int>) -> Int { entries[range].reduce(0) { $0 + Int($1 & 1) } }

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
        return (ArmSums(sums, at: 0, isWeighted: true), ArmSums(sums, at: 6, isWeighted: true))
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
