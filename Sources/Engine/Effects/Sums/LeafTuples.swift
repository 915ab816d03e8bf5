import Experiments

/// Which tuple of leaves, one of each tree, every unit has.
package struct LeafTuples: Sendable, Equatable {
    /// In the order in which the units show them.
    package let tuples: [[UInt16]]
    /// The tuple of every unit, an index into `tuples`.
    package let tupleOf: [UInt32]

    /// Merges the trees one by one.
    /// - Parameter leaves: the leaf of every unit, one column per tree.
    /// - Complexity: O(units x trees) time, O(tuples x leaves of a tree) memory beside the result.
    package init(_ leaves: [[UInt16]], unitCount: Int) {
        // (tuple so far, leaf) -> tuple.
        var current = [UInt32](repeating: 0, count: unitCount)
        var tuples: [[UInt16]] = [[]]
        for column in leaves {
            let width = Int(column.max() ?? 0) + 1
            var known = [Int32](repeating: -1, count: tuples.count * width)
            var merged: [[UInt16]] = []
            for unit in 0..<unitCount {
                let key = Int(current[unit]) * width + Int(column[unit])
                if known[key] < 0 {
                    known[key] = Int32(merged.count)
                    merged.append(tuples[Int(current[unit])] + [column[unit]])
                }
                current[unit] = UInt32(known[key])
            }
            tuples = merged
        }
        self.tuples = unitCount == 0 ? [] : tuples
        tupleOf = current
    }

    /// Every tuple with its tune units, the arms not told apart.
    /// - Parameter tuneCount: the first units.
    /// - Complexity: O(tune units).
    package func answer(tuneCount: Int) -> SumsAnswer {
        let shape = SumsShape(armCount: 1, outcomeCount: 0, summedCount: 0, countedCount: 1, isWeighted: false)
        var counts = [Int](repeating: 0, count: tuples.count)
        for unit in 0..<tuneCount { counts[Int(tupleOf[unit])] += 1 }
        let table = SumsTable(binCount: 1, sums: [], counts: counts.map { Double($0) })
        return SumsAnswer(shape: shape, tables: [table], tuples: tuples)
    }
}
