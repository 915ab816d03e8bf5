/// Units that have more than one row.
package struct DuplicateUnits: Sendable, Equatable {
    /// Units with more than one row.
    package var units: Int = 0
    /// Rows beyond each unit's first.
    package var extraRows: Int = 0
    /// Units whose rows are in different arms.
    package var unitsInSeveralArms: Int = 0
    /// A few of them.
    package var examples: [Example] = []

    package init() {}

    package struct Example: Sendable, Equatable {
        package var unit: String
        /// The lines of its first two rows.
        package var lines: [Int]
    }
}
