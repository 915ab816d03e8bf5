import Experiments

/// The sums of one node by bin of one covariate over all arms and outcomes.
struct JointBins: Sendable {
    let armCount: Int
    let outcomeCount: Int
    /// Bin after bin, each as `JointSums.growing`; the missing bin is the last.
    private(set) var growing: [ArmSums]
    /// Bin after bin, by arm.
    private(set) var estimating: [Double]

    /// - Parameter answer: to a `GrowthSample`'s request by the bins of covariates.
    /// - Complexity: O(bins x arms x outcomes).
    init(_ answer: SumsAnswer, covariate: Int, cell: Int) {
        let (table, shape) = (answer.tables[covariate], answer.shape)
        armCount = shape.armCount
        outcomeCount = shape.outcomeCount
        let first = cell * table.binCount
        let start = shape.sum(bin: first, arm: 0, outcome: 0, group: 0)
        let (cells, width, isWeighted) = (
            table.binCount * shape.armCount * shape.outcomeCount, shape.width, shape.isWeighted
        )
        // Pointers, for this runs once per node and covariate. Of one group arms and outcomes follow each other.
        growing = table.sums.withUnsafeBufferPointer { sums in
            (0..<cells).map { ArmSums(sums, at: start + $0 * width, isWeighted: isWeighted) }
        }
        estimating =
            shape.countedCount > 0
            ? Array(table.counts[first * shape.countsPerBin..<(first + table.binCount) * shape.countsPerBin])
            : Array(repeating: 0, count: table.binCount * shape.armCount)
    }

    func count(bin: Int, arm: Int) -> Double { growing[(bin * armCount + arm) * outcomeCount].count }

    func isEmpty(_ bin: Int) -> Bool {
        (0..<armCount).allSatisfy { count(bin: bin, arm: $0) == 0 && estimating[bin * armCount + $0] == 0 }
    }

    /// The growing half's effect of an arm on an outcome in one bin.
    func effect(bin: Int, arm: Int, outcome: Int) -> Double {
        growing[(bin * armCount + arm) * outcomeCount + outcome].mean
            - growing[bin * armCount * outcomeCount + outcome].mean
    }

    /// The sums of a node less those of one child: those of the other child.
    static func - (a: JointBins, b: JointBins) -> JointBins {
        var rest = a
        for cell in rest.growing.indices { rest.growing[cell] = a.growing[cell] - b.growing[cell] }
        for cell in rest.estimating.indices { rest.estimating[cell] = a.estimating[cell] - b.estimating[cell] }
        return rest
    }
}
