import Experiments

/// The sums of one node by bin of one covariate, as split search reads them.
package struct BinSums: Sendable, Equatable {
    /// One entry per value bin, then the missing bin.
    package var bins: [ContrastSums]

    package init(bins: [ContrastSums]) { self.bins = bins }

    /// - Parameter answer: to a `GrowthSample`'s request by the bins of covariates.
    /// - Complexity: O(bins).
    init(_ answer: SumsAnswer, covariate: Int, cell: Int) {
        let (table, shape) = (answer.tables[covariate], answer.shape)
        let first = cell * table.binCount
        let (sum, count) = (
            shape.sum(bin: first, arm: 0, outcome: 0, group: 0), shape.count(bin: first, arm: 0, group: 0)
        )
        let (perBin, perArm) = (shape.sumsPerBin, shape.sumsPerArm)
        let (counted, isWeighted) = (shape.countedCount, shape.isWeighted)
        // Pointers, for this runs once per node and covariate.
        bins = [ContrastSums](unsafeUninitializedCapacity: table.binCount) { bins, initialised in
            table.sums.withUnsafeBufferPointer { sums in
                table.counts.withUnsafeBufferPointer { counts in
                    for bin in 0..<table.binCount {
                        var own = ContrastSums()
                        own.control = ArmSums(sums, at: sum + bin * perBin, isWeighted: isWeighted)
                        own.treated = ArmSums(sums, at: sum + bin * perBin + perArm, isWeighted: isWeighted)
                        if counted > 0 {
                            own.estimatingControl = counts[count + bin * 2 * counted]
                            own.estimatingTreated = counts[count + (bin * 2 + 1) * counted]
                        }
                        bins.initializeElement(at: bin, to: own)
                    }
                }
            }
            initialised = table.binCount
        }
    }

    /// The sums of a node less those of one child: those of the other child.
    static func - (a: BinSums, b: BinSums) -> BinSums {
        BinSums(bins: a.bins.indices.map { a.bins[$0] - b.bins[$0] })
    }
}
