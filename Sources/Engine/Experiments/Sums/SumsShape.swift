/// Where the numbers of a `SumsTable` are: the bins of a cell follow each other, then arms, outcomes and groups, the last
/// one fastest.
package struct SumsShape: Sendable, Equatable {
    package let armCount: Int
    package let outcomeCount: Int
    package let summedCount: Int
    package let countedCount: Int
    /// Whether units have weights 1/e.
    package let isWeighted: Bool

    /// Numbers in one sum.
    package var width: Int { isWeighted ? 6 : 3 }

    package init(_ request: SumsRequest, isWeighted: Bool) {
        self.init(
            armCount: request.arms?.count ?? 1, outcomeCount: request.outcomes.count, summedCount: request.summed.count,
            countedCount: request.counted.count, isWeighted: isWeighted)
    }

    package init(armCount: Int, outcomeCount: Int, summedCount: Int, countedCount: Int, isWeighted: Bool) {
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.summedCount = summedCount
        self.countedCount = countedCount
        self.isWeighted = isWeighted
    }

    package var sumsPerBin: Int { armCount * sumsPerArm }
    package var countsPerBin: Int { armCount * countedCount }
    /// The numbers of one arm in one bin.
    package var sumsPerArm: Int { outcomeCount * summedCount * width }

    /// The index of the first number of a sum.
    /// - Parameter bin: cell * bins + bin of the cell.
    package func sum(bin: Int, arm: Int, outcome: Int, group: Int) -> Int {
        (((bin * armCount + arm) * outcomeCount + outcome) * summedCount + group) * width
    }

    /// - Parameter bin: cell * bins + bin of the cell.
    package func count(bin: Int, arm: Int, group: Int) -> Int {
        (bin * armCount + arm) * countedCount + group
    }
}
