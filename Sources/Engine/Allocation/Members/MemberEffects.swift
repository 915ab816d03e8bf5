/// The effects of every unit, for allocations that go unit by unit (METHODS 4.5).
package struct MemberEffects: Sendable {
    package let unitCount: Int
    /// Arm 0 is control, whose effects are 0 and not held.
    package let armCount: Int
    package let outcomeCount: Int
    /// The effect of arm i > 0 on outcome j at ((j * (arms - 1) + i - 1) * units + unit).
    package let values: [Float]

    /// - Parameter columns: one for each outcome and arm but control, outcome after outcome, in the outcomes' own units.
    package init(armCount: Int, columns: [[Float]]) {
        precondition(armCount > 1 && !columns.isEmpty && columns.count % (armCount - 1) == 0)
        unitCount = columns[0].count
        precondition(columns.allSatisfy { [unitCount] in $0.count == unitCount })
        self.armCount = armCount
        outcomeCount = columns.count / (armCount - 1)
        values = columns.flatMap { $0 }
    }

    private init(unitCount: Int, armCount: Int, outcomeCount: Int, values: [Float]) {
        self.unitCount = unitCount
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.values = values
    }

    var columnCount: Int { outcomeCount * (armCount - 1) }

    func effect(outcome: Int, arm: Int, unit: Int) -> Float {
        arm == 0 ? 0 : values[(outcome * (armCount - 1) + arm - 1) * unitCount + unit]
    }

    /// The effects of one unit, column after column.
    func row(_ unit: Int) -> [Float] { (0..<columnCount).map { values[$0 * unitCount + unit] } }

    /// Some of the units.
    func gathered(_ units: [UInt32]) -> MemberEffects {
        var gathered: [Float] = []
        gathered.reserveCapacity(units.count * columnCount)
        values.withUnsafeBufferPointer { values in
            for column in 0..<columnCount {
                for unit in units { gathered.append(values[column * unitCount + Int(unit)]) }
            }
        }
        return MemberEffects(
            unitCount: units.count, armCount: armCount, outcomeCount: outcomeCount, values: gathered)
    }

    /// The mean size of the effects on each outcome, every arm counting alike; 1 where all are 0. Of many units some are
    /// looked at: it is a scale, no estimate.
    var scales: [Double] {
        let step = max(1, unitCount / 10_000)
        return (0..<outcomeCount).map { outcome in
            var sum = 0.0
            var count = 0
            for arm in 1..<armCount {
                for unit in stride(from: 0, to: unitCount, by: step) {
                    sum += Double(abs(effect(outcome: outcome, arm: arm, unit: unit)))
                    count += 1
                }
            }
            return sum > 0 ? sum / Double(count) : 1
        }
    }
}
