import Experiments
import Warehouses

extension CellSums {
    /// What an engine answers of cells: rows of what tells the cell, the part, the arm, the count, the sums of outcomes and those of
    /// their products, in the order of `pair`.
    /// - Parameters:
    ///   - leading: columns that tell the cell.
    ///   - cellOf: the cell of a row; nil leaves the row out.
    init(
        _ answer: Answer, leading: Int, armCount: Int, outcomeCount: Int, cellCount: Int, cellOf: (Int) -> Int?
    ) {
        let pairs = Self.pairCount(outcomeCount)
        let groups = cellCount * UnitPart.allCases.count * armCount
        var counts = [Double](repeating: 0, count: groups)
        var sums = [Double](repeating: 0, count: groups * outcomeCount)
        var products = [Double](repeating: 0, count: groups * pairs)
        let (parts, arms, units) = (
            answer[leading].integers, answer[leading + 1].integers, answer[leading + 2].integers
        )
        let numbers = (0..<outcomeCount + pairs).map { answer[leading + 3 + $0].doubles }
        for row in 0..<answer.rowCount {
            guard let cell = cellOf(row), let part = parts[row], let arm = arms[row] else { continue }
            let index = (cell * UnitPart.allCases.count + part) * armCount + arm
            counts[index] = Double(units[row] ?? 0)
            for j in 0..<outcomeCount { sums[index * outcomeCount + j] = numbers[j][row] ?? 0 }
            for pair in 0..<pairs { products[index * pairs + pair] = numbers[outcomeCount + pair][row] ?? 0 }
        }
        self.init(
            armCount: armCount, outcomeCount: outcomeCount, cellCount: cellCount, counts: counts, sums: sums,
            products: products)
    }
}
