import Experiments

/// Adds what rows of an answer say to the tables of a `SumsAnswer`.
struct SumsFilling: Sendable {
    let request: SumsRequest
    let shape: SumsShape
    /// By arm of the experiment its position in the request; nil where it is in none.
    private let positions: [Int?]
    /// By part: the positions of the groups that hold it.
    private let summed: [[Int]]
    private let counted: [[Int]]

    init(_ request: SumsRequest, armCount: Int) {
        self.request = request
        shape = SumsShape(request, isWeighted: false)
        positions = (0..<armCount).map { arm in request.arms.map { $0.firstIndex(of: arm) } ?? 0 }
        func holding(_ groups: [UnitGroup]) -> [[Int]] {
            UnitPart.allCases.map { part in groups.indices.filter { groups[$0].parts.contains(part) } }
        }
        summed = holding(request.summed)
        counted = holding(request.counted)
    }

    /// - Parameters:
    ///   - bin: cell * bins + bin of the cell.
    ///   - sums: of every outcome of the request: its sum and its sum of squares.
    func add(
        to table: inout SumsTable, bin: Int, part: UnitPart, arm: Int, count: Double, sums: (Int) -> (Double, Double)
    ) {
        guard let position = positions[arm] else { return }
        for outcome in request.outcomes.indices {
            let own = sums(outcome)
            for group in summed[part.rawValue] {
                let first = shape.sum(bin: bin, arm: position, outcome: outcome, group: group)
                table.sums[first] += count
                table.sums[first + 1] += own.0
                table.sums[first + 2] += own.1
            }
        }
        for group in counted[part.rawValue] {
            table.counts[shape.count(bin: bin, arm: position, group: group)] += count
        }
    }
}
