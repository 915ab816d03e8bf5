import Effects
import Groups
import Policies
import Studies

/// The rows and columns of the Cohorts screen as sorted, filtered and chosen: cohorts of one tree, groups of merged ones, merged
/// ones, or the cells of a drill-down.
struct CohortRows {
    private let space: PolicySpace?
    private let view: CohortsView
    private let filter: (String) -> Bool
    /// The cells of a drill-down; nil where cohorts are shown.
    private let cells: [DrillDown.Cell]?
    /// The cohorts that are shown where no drill-down is.
    private let table: CohortTable?
    /// What the present policy gives and gains in each row; nil until it is known.
    private let gains: [GroupGain]?
    /// What the rows are where they are not cells.
    let kind: CohortsView.Kind
    /// The group of each merged cohort; nil where there are too few cohorts for groups.
    private let groups: CohortGroups?

    /// What is looked up once here would cost a search of the results for every cell of the table.
    /// - Parameter showsCells: whether the cells of a drill-down stand for the cohorts.
    init(_ state: WorkbenchState, showsCells: Bool = true) {
        space = state.facts.description?.space
        view = state.cohorts.view
        filter = { state.passesFilter(of: .cohorts, $0) }
        cells = showsCells ? state.results[.drillDown]?.cells : nil
        kind = Self.kind(state)
        groups = state.results[.cohortGroups]
        let known = state.results[.cohortGains]
        let gained: [GroupGain]?
        switch kind {
        case .joint: (table, gained) = (state.facts.trees?.joint?.table, known?.joint)
        case .groups: (table, gained) = (groups?.table, known?.groups)
        case .merged: (table, gained) = (state.facts.trees?.cohorts, known?.cohorts)
        }
        gains = cells != nil ? known?.cells : gained
    }

    /// The kinds there are, in the order in which a key goes through them.
    static func kinds(_ state: WorkbenchState) -> [CohortsView.Kind] {
        (state.facts.trees?.joint == nil ? [] : [.joint]) + (state.results[.cohortGroups] == nil ? [] : [.groups])
            + [.merged]
    }

    /// A region is one of the merged trees', and so are the cohorts of a group.
    private static func kind(_ state: WorkbenchState) -> CohortsView.Kind {
        let view = state.cohorts.view
        guard view.region == nil, view.group == nil else { return .merged }
        let kinds = kinds(state)
        return view.kind.flatMap { kinds.contains($0) ? $0 : nil } ?? kinds[0]
    }

    // MARK: One row

    var count: Int { cells?.count ?? table?.rows.count ?? 0 }

    /// In numbers.
    func rule(_ row: Int) -> String { cells?[row].rule ?? table?.rows[row].rule ?? "" }

    /// In quantile words where they are known and wanted, else in numbers.
    func words(_ row: Int) -> String {
        guard cells == nil, view.isInNumbers != true, let words = table?.rows[row].words else { return rule(row) }
        return words
    }

    func units(_ row: Int) -> Int { cells?[row].units ?? table?.rows[row].units ?? 0 }

    func share(_ row: Int) -> Double { cells?[row].share ?? table?.rows[row].share ?? 0 }

    /// The leaf effect of a cohort, or the effect in a cell; nil where it cannot be estimated.
    func effect(_ row: Int, arm: Int, outcome: Int) -> MeanDifference? {
        guard let space else { return nil }
        if let cells { return cells[row].effects[(arm - 1) * space.outcomeCount + outcome] }
        return table?.effect(cohort: row, arm: arm, outcome: outcome)
    }

    /// What the present policy gives and gains there; nil until it is known.
    func gain(_ row: Int) -> GroupGain? { gains.flatMap { $0.indices.contains(row) ? $0[row] : nil } }

    // MARK: All rows

    /// The rows that are shown, in their order.
    var rows: [Int] {
        let kept = (0..<count).filter { row in
            guard filter(rule(row)) || filter(words(row)) else { return false }
            // A group that was saved means nothing before groups are known, or where a later fit has none.
            if let group = view.group, cells == nil, let groups, groups.groupOf.indices.contains(row) {
                return groups.groupOf[row] == group
            }
            guard let region = view.region, cells == nil, let cohort = table?.rows[row] else { return true }
            return region.leaves.contains(Int(cohort.leaves[region.tree]))
        }
        let keys = kept.map { key($0, view.sort) }
        let second = view.second.map { column in kept.map { key($0, column) } } ?? keys
        let order = kept.indices.sorted { a, b in
            if keys[a] != keys[b] { return (keys[a] < keys[b]) == view.isAscending }
            return second[a] != second[b] ? (second[a] < second[b]) == view.isAscending : kept[a] < kept[b]
        }
        return order.map { kept[$0] }
    }

    /// What a row is sorted by; effects and gains are oriented, so that descending puts the best first.
    private func key(_ row: Int, _ column: CohortsView.Column) -> Double {
        guard let space else { return 0 }
        switch column {
        case .number: return Double(row)
        case .units, .share: return Double(units(row))
        case .given: return -Double(gain(row)?.mostlyGiven ?? space.armCount)
        case .gain(let j):
            guard space.outcomes.indices.contains(j) else { return 0 }
            return (gain(row)?.gains[j]?.value).map { space.outcomes[j].sign * $0 } ?? -.infinity
        case .effect(let arm, let j):
            guard space.outcomes.indices.contains(j), space.arms.indices.contains(arm) else { return 0 }
            return effect(row, arm: arm, outcome: j).map { space.outcomes[j].sign * $0.effect } ?? -.infinity
        }
    }

    // MARK: Columns

    /// Every column there is, from left to right; the rule stands before them all.
    static func allColumns(_ space: PolicySpace) -> [CohortsView.Column] {
        [.units, .share, .given] + space.outcomes.indices.map { .gain(outcome: $0) }
            + (1..<space.armCount).flatMap { arm in space.outcomes.indices.map { .effect(arm: arm, outcome: $0) } }
    }

    /// Those that are not hidden.
    var columns: [CohortsView.Column] {
        guard let space else { return [] }
        return Self.allColumns(space).filter { !view.hidden.contains($0) }
    }
}
