import Effects
import Groups
import Policies
import Studies

/// The rows and columns of the Cohorts screen as sorted, filtered and chosen: cohorts of one tree, merged ones, or the cells of
/// a drill-down.
enum CohortRows {
    /// Whether the rows are cohorts merged from all trees: a region is one of those trees'.
    static func areMerged(_ state: WorkbenchState) -> Bool {
        state.cohorts.view.region != nil || state.cohorts.view.isMerged == true || state.facts.trees?.joint == nil
    }

    /// The cohorts that are shown where no drill-down is.
    private static func table(_ state: WorkbenchState) -> CohortTable? {
        guard let trees = state.facts.trees else { return nil }
        return areMerged(state) ? trees.cohorts : trees.joint?.table
    }

    // MARK: One row

    static func count(_ state: WorkbenchState) -> Int {
        state.results[.drillDown]?.cells.count ?? table(state)?.rows.count ?? 0
    }

    static func rule(_ state: WorkbenchState, _ row: Int) -> String {
        state.results[.drillDown]?.cells[row].rule ?? table(state)?.rows[row].rule ?? ""
    }

    static func units(_ state: WorkbenchState, _ row: Int) -> Int {
        state.results[.drillDown]?.cells[row].units ?? table(state)?.rows[row].units ?? 0
    }

    static func share(_ state: WorkbenchState, _ row: Int) -> Double {
        state.results[.drillDown]?.cells[row].share ?? table(state)?.rows[row].share ?? 0
    }

    /// The leaf effect of a cohort, or the effect in a cell; nil where it cannot be estimated.
    static func effect(_ state: WorkbenchState, _ row: Int, arm: Int, outcome: Int) -> MeanDifference? {
        guard let space = state.facts.description?.space else { return nil }
        if let cells = state.results[.drillDown]?.cells {
            return cells[row].effects[(arm - 1) * space.outcomeCount + outcome]
        }
        return table(state)?.effect(cohort: row, arm: arm, outcome: outcome)
    }

    /// What the present policy gives and gains there; nil until it is known.
    static func gain(_ state: WorkbenchState, _ row: Int) -> GroupGain? {
        let known = state.results[.cohortGains]
        let gains = state.results[.drillDown] != nil ? known?.cells : areMerged(state) ? known?.cohorts : known?.joint
        return gains.flatMap { $0.indices.contains(row) ? $0[row] : nil }
    }

    // MARK: All rows

    /// The rows that are shown, in their order.
    static func rows(_ state: WorkbenchState) -> [Int] {
        let region = state.cohorts.view.region
        let kept = (0..<count(state)).filter { row in
            guard state.passesFilter(of: .cohorts, rule(state, row)) else { return false }
            guard let region, state.results[.drillDown] == nil, let cohort = table(state)?.rows[row] else {
                return true
            }
            return region.leaves.contains(Int(cohort.leaves[region.tree]))
        }
        let view = state.cohorts.view
        let keys = kept.map { key(state, $0, view.sort) }
        let second = view.second.map { column in kept.map { key(state, $0, column) } } ?? keys
        let order = kept.indices.sorted { a, b in
            if keys[a] != keys[b] { return (keys[a] < keys[b]) == view.isAscending }
            return second[a] != second[b] ? (second[a] < second[b]) == view.isAscending : kept[a] < kept[b]
        }
        return order.map { kept[$0] }
    }

    /// What a row is sorted by; effects and gains are oriented, so that descending puts the best first.
    private static func key(_ state: WorkbenchState, _ row: Int, _ column: CohortsView.Column) -> Double {
        guard let space = state.facts.description?.space else { return 0 }
        switch column {
        case .number: return Double(row)
        case .units, .share: return Double(units(state, row))
        case .given: return -Double(gain(state, row)?.mostlyGiven ?? space.armCount)
        case .gain(let j):
            guard space.outcomes.indices.contains(j) else { return 0 }
            return (gain(state, row)?.gains[j]?.value).map { space.outcomes[j].sign * $0 } ?? -.infinity
        case .effect(let arm, let j):
            guard space.outcomes.indices.contains(j), space.arms.indices.contains(arm) else { return 0 }
            return effect(state, row, arm: arm, outcome: j).map { space.outcomes[j].sign * $0.effect } ?? -.infinity
        }
    }

    // MARK: Columns

    /// Every column there is, from left to right; the rule stands before them all.
    static func allColumns(_ space: PolicySpace) -> [CohortsView.Column] {
        [.units, .share, .given] + space.outcomes.indices.map { .gain(outcome: $0) }
            + (1..<space.armCount).flatMap { arm in space.outcomes.indices.map { .effect(arm: arm, outcome: $0) } }
    }

    /// Those that are not hidden.
    static func columns(_ state: WorkbenchState) -> [CohortsView.Column] {
        guard let space = state.facts.description?.space else { return [] }
        return allColumns(space).filter { !state.cohorts.view.hidden.contains($0) }
    }
}
