import Effects
import Experiments
import Policies

/// What a study keeps of units that stay in a warehouse: sums of cells, each the units of one merged and one joint cohort.
package struct StudyCells: Sendable, Equatable {
    package let sums: CellSums
    /// The merged cohort of each cell, from 0.
    package let cohorts: [UInt32]
    /// Its cohort by the one tree for all arms and outcomes.
    package let jointCohorts: [UInt32]
    /// Effects by cell, gross and scaled, one column each by `ContrastIndex.position`: those of the trees' leaves.
    package let effects: [[Float]]

    package init(sums: CellSums, cohorts: [UInt32], jointCohorts: [UInt32], effects: [[Float]]) {
        self.sums = sums
        self.cohorts = cohorts
        self.jointCohorts = jointCohorts
        self.effects = effects
    }

    /// The cohort of every row of the policy table.
    func rows(_ cohorts: [UInt32]) -> [UInt32] { (0..<PolicyCells.rowsPerCell).flatMap { _ in cohorts } }

    /// Sums by merged cohort over the half that estimates.
    func cohortSums(_ cohortCount: Int) -> GroupSums {
        sums.joined(cohorts.map { Int($0) }, cellCount: cohortCount).groupSums(over: [.estimating])
    }

    func unitGroups(_ description: StudyDescription) -> UnitGroups {
        let rows = sums.cellCount * PolicyCells.rowsPerCell
        return UnitGroups(keys: (0..<rows).map { UInt64($0) }, seed: description.spec.splits.seed)
    }

    func policyTable(_ description: StudyDescription, armCosts: [[Float]], unitGroups: UnitGroups) -> PolicyTable {
        PolicyTable(
            cells: PolicyCells(sums, armCosts: armCosts, shares: description.plannedShares),
            effects: EffectEstimates(
                armCount: sums.armCount, outcomeCount: sums.outcomeCount, columns: effects), armCosts: armCosts,
            unitGroups: unitGroups)
    }
}

extension CellSums {
    /// Sums by cell over the units of some parts.
    func groupSums(over parts: Set<UnitPart>) -> GroupSums {
        let shape = SumsShape(
            armCount: armCount, outcomeCount: outcomeCount, summedCount: 1, countedCount: 0, isWeighted: false)
        var table = SumsTable(binCount: 1, cellCount: cellCount, shape: shape)
        for cell in 0..<cellCount {
            for arm in 0..<armCount {
                let own = total(cell: cell, parts: parts, arm: arm)
                for j in 0..<outcomeCount {
                    let first = shape.sum(bin: cell, arm: arm, outcome: j, group: 0)
                    table.sums[first] = own.count
                    table.sums[first + 1] = own.sums[j]
                    table.sums[first + 2] = own.products[CellSums.pair(j, j)]
                }
            }
        }
        return GroupSums(SumsAnswer(shape: shape, tables: [table]), groupCount: cellCount)
    }
}

extension StudyUnits {
    /// No units: a warehouse has them.
    init(_ cells: StudyCells) {
        let (arms, outcomes) = (cells.sums.armCount, cells.sums.outcomeCount)
        let none = [[Float]](repeating: [], count: outcomes)
        let effects = EffectEstimates(
            armCount: arms, outcomeCount: outcomes, columns: Array(repeating: [], count: (arms - 1) * outcomes))
        self.init(
            keys: [], rows: [], clusters: nil, splitKeys: [], assignment: [], observedPropensity: [], observed: none,
            estimates: effects, scores: ScoreTable(control: none, contrasts: effects, residuals: none), tuneCount: 0,
            cohorts: cells.rows(cells.cohorts), jointCohorts: cells.rows(cells.jointCohorts), cells: cells)
    }
}
