import Experiments

/// What outcomes are expected to be by cell, arm and outcome: the cell's own mean drawn to the arm's by its error, so that a cell of
/// few units, or of none, borrows from all (empirical Bayes; between-cell variance by the method of moments).
package struct CellNuisances: Sendable {
    private let outcomeCount: Int
    private let armCount: Int
    /// At (cell * arms + arm) * outcomes + outcome, as stored.
    private let means: [Double]

    /// - Parameter parts: whose outcomes tell.
    package init(_ sums: CellSums, parts: Set<UnitPart>) {
        (outcomeCount, armCount) = (sums.outcomeCount, sums.armCount)
        var means = [Double](repeating: 0, count: sums.cellCount * armCount * outcomeCount)
        for arm in 0..<armCount {
            let totals = (0..<sums.cellCount).map { sums.total(cell: $0, parts: parts, arm: arm) }
            for j in 0..<outcomeCount {
                let drawn = Self.drawn(totals, outcome: j)
                for cell in 0..<sums.cellCount { means[(cell * armCount + arm) * outcomeCount + j] = drawn[cell] }
            }
        }
        self.means = means
    }

    package subscript(cell: Int, arm: Int, outcome: Int) -> Double {
        means[(cell * armCount + arm) * outcomeCount + outcome]
    }

    private static func drawn(_ totals: [ArmTotals], outcome j: Int) -> [Double] {
        let units = totals.reduce(0) { $0 + $1.count }
        guard units > 0 else { return totals.map { _ in 0 } }
        let mean = totals.reduce(0) { $0 + $1.sums[j] } / units
        let square = CellSums.pair(j, j)
        var (within, freedom, between, squares, cells) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for own in totals where own.count > 0 {
            let centre = own.sums[j] / own.count
            within += max(0, own.products[square] - own.count * centre * centre)
            freedom += own.count - 1
            between += own.count * (centre - mean) * (centre - mean)
            squares += own.count * own.count
            cells += 1
        }
        guard freedom > 0, cells > 1 else { return totals.map { _ in mean } }
        let noise = within / freedom
        let scale = units - squares / units
        let spread = scale > 0 ? max(0, (between - (cells - 1) * noise) / scale) : 0
        return totals.map { own in
            guard own.count > 0, own.count * spread + noise > 0 else { return mean }
            return mean + (own.sums[j] / own.count - mean) * own.count * spread / (own.count * spread + noise)
        }
    }
}
