import CKernels

/// The bins of a tree's growing units, four covariates to a word, so that one pass over the units fills four histograms and
/// the whole stays in the cache.
struct PackedBins: Sendable {
    /// One column of words per four covariates; the last is filled up with the last covariate.
    let words: [[UInt32]]
    /// Cells between the histograms of two covariates: the most bins of any, missing included.
    let stride: Int

    /// - Parameter rows: rows of the binned table.
    /// - Complexity: O(rows x covariates).
    init(_ binned: BinnedCovariates, rows: [UInt32]) {
        let last = binned.bins.count - 1
        words = Swift.stride(from: 0, through: last, by: 4).map { first in
            [UInt32](unsafeUninitializedCapacity: rows.count) { buffer, count in
                if let base = buffer.baseAddress {
                    espalier_forest_pack(
                        binned.bins[first], binned.bins[min(first + 1, last)], binned.bins[min(first + 2, last)],
                        binned.bins[min(first + 3, last)], rows, rows.count, base)
                }
                count = rows.count
            }
        }
        stride = (binned.codes.map(\.valueBins).max() ?? 0) + 1
    }

    /// Doubles that the histograms of one word take.
    var cellsPerWord: Int { 4 * stride * 8 }
}
