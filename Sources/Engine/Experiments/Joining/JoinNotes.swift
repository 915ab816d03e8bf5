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
    /// Rows of events outside the window from their unit's exposure on, which were left out.
    package var outsideRows = 0
    /// The first of the late rows.
    package var lateExample: LateLabel?

    /// How the rows are broken down; nil where they are not.
    package var breakdown: Breakdown?

    /// The levels of a column of events, and those of them that are outcomes or covariates of their own.
    package struct Breakdown: Sendable, Equatable {
        package var column: String
        package var levels: Int
        package var used: Int
        /// Rows that count and have a level, and those of levels that nobody asked for.
        package var rows: Int
        package var otherRows: Int
        package var largestOther: String?
    }

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
