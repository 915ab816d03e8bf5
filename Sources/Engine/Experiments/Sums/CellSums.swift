/// Sums over the units of cells by part and arm, with the products of outcomes: all that policies which treat the units of a cell
/// alike can be evaluated from. y is the outcome as stored (centred, scaled, gross of costs).
package struct CellSums: Sendable, Equatable {
    package let armCount: Int
    package let outcomeCount: Int
    package let cellCount: Int
    /// At `index`.
    package let counts: [Double]
    /// Of y_j, at index * outcomes + j.
    package let sums: [Double]
    /// Of y_j y_k with k <= j, at index * `pairCount` + `pair`.
    package let products: [Double]

    package init(
        armCount: Int, outcomeCount: Int, cellCount: Int, counts: [Double], sums: [Double], products: [Double]
    ) {
        let groups = cellCount * UnitPart.allCases.count * armCount
        precondition(counts.count == groups && sums.count == groups * outcomeCount)
        precondition(products.count == groups * Self.pairCount(outcomeCount))
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.cellCount = cellCount
        self.counts = counts
        self.sums = sums
        self.products = products
    }

    /// Numbers of products of so many outcomes.
    package static func pairCount(_ outcomes: Int) -> Int { outcomes * (outcomes + 1) / 2 }

    /// Where the product of two outcomes is among those of a group.
    package static func pair(_ j: Int, _ k: Int) -> Int { max(j, k) * (max(j, k) + 1) / 2 + min(j, k) }

    /// The place of the units of a cell that are in a part and had an arm.
    package func index(cell: Int, part: UnitPart, arm: Int) -> Int {
        (cell * UnitPart.allCases.count + part.rawValue) * armCount + arm
    }

    /// What is summed over some parts of a cell's units that had an arm.
    package func total(cell: Int, parts: Set<UnitPart>, arm: Int) -> ArmTotals {
        var total = ArmTotals(outcomeCount: outcomeCount)
        for part in UnitPart.allCases where parts.contains(part) {
            let index = index(cell: cell, part: part, arm: arm)
            total.count += counts[index]
            for j in 0..<outcomeCount { total.sums[j] += sums[index * outcomeCount + j] }
            let pairs = Self.pairCount(outcomeCount)
            for pair in 0..<pairs { total.products[pair] += products[index * pairs + pair] }
        }
        return total
    }

    /// The units of a cell that are in some parts.
    package func units(cell: Int, parts: Set<UnitPart>) -> Double {
        parts.reduce(0) { sum, part in
            (0..<armCount).reduce(sum) { $0 + counts[index(cell: cell, part: part, arm: $1)] }
        }
    }

    /// The same with cells joined.
    /// - Parameter cellOf: the new cell of each.
    package func joined(_ cellOf: [Int], cellCount: Int) -> CellSums {
        let (width, pairs) = (UnitPart.allCases.count * armCount, Self.pairCount(outcomeCount))
        func join(_ values: [Double], _ size: Int) -> [Double] {
            var joined = [Double](repeating: 0, count: cellCount * width * size)
            for (old, new) in cellOf.enumerated() {
                for place in 0..<width * size {
                    joined[new * width * size + place] += values[old * width * size + place]
                }
            }
            return joined
        }
        return CellSums(
            armCount: armCount, outcomeCount: outcomeCount, cellCount: cellCount, counts: join(counts, 1),
            sums: join(sums, outcomeCount), products: join(products, pairs))
    }
}

/// Sums over units of one arm with the products of outcomes.
package struct ArmTotals: Sendable, Equatable {
    package var count = 0.0
    package var sums: [Double]
    /// At `CellSums.pair`.
    package var products: [Double]

    package init(outcomeCount: Int) {
        sums = [Double](repeating: 0, count: outcomeCount)
        products = [Double](repeating: 0, count: CellSums.pairCount(outcomeCount))
    }

    package static func += (a: inout ArmTotals, b: ArmTotals) {
        a.count += b.count
        for j in a.sums.indices { a.sums[j] += b.sums[j] }
        for pair in a.products.indices { a.products[pair] += b.products[pair] }
    }
}
