import Experiments

extension ArmSums {
    /// The numbers of one sum in the order of `SumsTable`.
    init(_ sums: [Double], at first: Int, isWeighted: Bool) {
        self = sums.withUnsafeBufferPointer { ArmSums($0, at: first, isWeighted: isWeighted) }
    }

    /// The numbers of one sum in the order of `SumsTable`.
    init(_ sums: UnsafeBufferPointer<Double>, at first: Int, isWeighted: Bool) {
        guard isWeighted else {
            self.init(count: sums[first], value: sums[first + 1], square: sums[first + 2])
            return
        }
        self.init()
        count = sums[first]
        weight = sums[first + 1]
        weightedValue = sums[first + 2]
        squaredWeight = sums[first + 3]
        squaredWeightValue = sums[first + 4]
        squaredWeightSquare = sums[first + 5]
    }

    func write(to sums: inout [Double], at first: Int, isWeighted: Bool) {
        let numbers =
            isWeighted
            ? [count, weight, weightedValue, squaredWeight, squaredWeightValue, squaredWeightSquare]
            : [count, weightedValue, squaredWeightSquare]
        for (lane, number) in numbers.enumerated() { sums[first + lane] = number }
    }
}

extension SumsAnswer {
    /// The sums of a whole cell; arm, outcome and group by their positions in the request.
    func sums(cell: Int, arm: Int, outcome: Int = 0, group: Int = 0) -> ArmSums {
        ArmSums(
            tables[0].sums, at: shape.sum(bin: cell, arm: arm, outcome: outcome, group: group),
            isWeighted: shape.isWeighted)
    }

    /// The number of units of a whole cell.
    package func count(cell: Int, arm: Int = 0, group: Int = 0) -> Int {
        Int(tables[0].counts[shape.count(bin: cell, arm: arm, group: group)])
    }

    /// The sums of a whole cell in a request of control and one arm, in this order.
    func contrast(cell: Int) -> (control: ArmSums, treated: ArmSums) {
        (sums(cell: cell, arm: 0), sums(cell: cell, arm: 1))
    }
}
