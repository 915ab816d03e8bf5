/// What can be done to the Cohorts screen's table.
package enum CohortAction: Sendable, Equatable, Codable {
    /// The cursor to another column.
    case moveColumn(Int)
    case hideColumn
    case showAllColumns
    /// Marks the row, or takes its mark away.
    case mark
    /// Takes away region, drill-down, filter and marks.
    case clear
    /// Crosses one or two covariates instead of showing cohorts; none goes back.
    case drill([String])
    /// Writes the marked rows, or all that are shown, as CSV.
    case export(path: String)
}
