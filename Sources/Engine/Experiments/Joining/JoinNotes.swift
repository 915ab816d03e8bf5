import Texts

/// What joining one file showed; the health checks judge it.
package struct JoinNotes: Sendable, Equatable {
    /// As the spec names it.
    package var file: String
    package var rowCount: Int
    /// Units of the first file that have a row.
    package var matchedUnits: Int
    package var unitCount: Int
    /// Rows of units that the first file lacks.
    package var strayRows: Int
    /// Rows dated on or after their unit's exposure.
    package var lateRows: Int
    /// Whether they were left out (many rows per unit) rather than used.
    package var leavesLateRowsOut: Bool
    /// The first of them.
    package var lateExample: LateLabel?

    /// A unit that is probably written in two ways; nil where none was found.
    package var otherSpelling: Spelling?

    package struct Spelling: Sendable, Equatable {
        package var here: String
        package var first: String

        /// `first` is the first file's name.
        func sentence(first file: String) -> String {
            "\(DisplayText.quoted(here)) stands here where \(file) has \(DisplayText.quoted(first))"
        }
    }

    package struct LateLabel: Sendable, Equatable {
        package var line: Int
        package var date: String
        package var exposure: String
    }
}
