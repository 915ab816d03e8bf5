/// What the dates of exposure showed: of a log with several rows a unit, or of a column of a file with one.
package struct ExposureNotes: Sendable, Equatable {
    /// Rows of the log; of a file with one row a unit the number of its units.
    package var rows: Int
    package var units: Int
    /// Units that were seen in several arms, left out or not.
    package var crossovers = 0
    package var leavesCrossoversOut = false
    /// The line on which the first of them is seen in another arm.
    package var crossoverLine: Int?
    /// Rows dated before their unit's first exposure, which do not count.
    package var earlyRows = 0
    /// Rows past the window from their unit's first exposure on, which do not count.
    package var lateRows = 0
    /// Units of a log of which no row has an arm; they are no part of the experiment.
    package var neverExposed = 0
    /// Units with an arm and without a date of exposure.
    package var unexposed = 0
    /// Whether each unit may have several rows.
    package var isLog = true
}
