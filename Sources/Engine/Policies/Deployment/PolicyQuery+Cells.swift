import Runtime

/// Units by what a policy does with them, so that an engine can sum over each group.
extension PolicyQuery {
    /// Groups of units that the policy treats alike.
    package struct Cells: Sendable {
        /// Rows of every unit's `espalier_cell`, from 0 on, and the columns that were passed.
        package let query: String
        /// The probability of every arm, by cell.
        package let shares: [[Double]]
    }

    /// Nobody is held out and nobody explores: these are the arms that the rule gives.
    /// - Parameter passed: columns of the table.
    /// - Throws: as `init`.
    package func cells(passing passed: [String]) throws -> Cells {
        let arms = document.arms.indices
        func alone(_ arm: Int) -> [Double] { arms.map { $0 == arm ? 1 : 0 } }
        let layers = try chosenLayers(drawing: [], passing: passed)
        func query(_ cell: String) -> String {
            layers.query([.init("espalier_cell", cell)] + passed.map { .init($0, $0) })
        }
        guard case .cohort(let rule) = document.rule else {
            return Cells(query: query("pick"), shares: arms.map(alone))
        }
        let groups = Self.groups(rule).shares
        // Tuples of leaves that are no cohort get control.
        return Cells(
            query: query("CASE WHEN cohort_group < 0 THEN \(groups.count) ELSE cohort_group END"),
            shares: groups.map { own in own.map { $0 / own.reduce(0, +) } } + [alone(0)])
    }
}
