import Effects
import Experiments
import Policies
import Runtime
import Statistics
import Studies

/// Policies on sums of cells, as studies have them whose units stay in a warehouse: as many cells as such a study keeps.
enum CellCases {
    static func run(_ report: inout Report) throws {
        let workspace = workspace(cells: 10_000)
        var knobs = PolicyKnobs.start(in: workspace.space)
        knobs.weights[1] = 0.4
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let size = "10000 cells, 1 thr"
        report.add(
            "one evaluation from cells", size, milliseconds: Stopwatch.median(15) { _ = evaluator.evaluate(knobs) })
        report.add(
            "one profile from cells, 121 values", size,
            milliseconds: Stopwatch.median {
                _ = ParameterProfile(
                    of: .weight(1), from: knobs, grid: workspace.grids[.weight(1)].values, evaluator: evaluator)
            })
    }

    private static func workspace(cells: Int) -> PolicyWorkspace {
        var stream = RandomStream(seed: 1)
        let (arms, outcomes) = (3, 3)
        let (groups, pairs) = (cells * UnitPart.allCases.count * arms, CellSums.pairCount(outcomes))
        var sums: [Double] = []
        var products: [Double] = []
        for _ in 0..<groups {
            let means = (0..<outcomes).map { _ in 0.2 * stream.normal() }
            sums += means.map { 100 * $0 }
            for j in 0..<outcomes { products += (0...j).map { 100 * (means[j] * means[$0] + (j == $0 ? 1 : 0)) } }
        }
        precondition(products.count == groups * pairs)
        let effects = EffectEstimates(
            armCount: arms, outcomeCount: outcomes,
            columns: (0..<(arms - 1) * outcomes).map { _ in (0..<cells).map { _ in Float(0.2 * stream.normal()) } })
        let costs = [[Float]](repeating: [0, 0, 0], count: arms)
        let table = PolicyTable(
            cells: PolicyCells(
                CellSums(
                    armCount: arms, outcomeCount: outcomes, cellCount: cells,
                    counts: Array(repeating: 100, count: groups), sums: sums, products: products), armCosts: costs,
                shares: Array(repeating: 1 / 3, count: arms)), effects: effects, armCosts: costs,
            unitGroups: UnitGroups(keys: (0..<cells * PolicyCells.rowsPerCell).map { UInt64($0) }, seed: 1))
        return PolicyWorkspace(space: PolicyCases.space, table: table)
    }
}
