import Policies

/// What can be done to the Cohorts screen's table.
package enum CohortsAction: ScreenAction {
    /// The cursor to another column.
    case moveColumn(Int)
    /// By the column with the cursor; a second time turns the order round.
    case sort
    case hideColumn
    case showAllColumns
    /// Marks the row, or takes its mark away.
    case mark
    /// Rules in numbers, or in quantile words.
    case toggleNumbers
    /// A group becomes its cohorts; a cohort is crossed with covariates.
    case open
    /// The groups again.
    case closeGroup
    /// Takes away region, drill-down, filter and marks.
    case clear
    /// Shows the cohorts of a part of the covariates alone, the cursor on a column.
    case showRegion(CohortsView.Region?, column: CohortsView.Column)
    /// Crosses one or two covariates instead of showing cohorts; none goes back.
    case drill([String])
    /// Writes the marked rows, or all that are shown, as CSV.
    case export(path: String)

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .moveColumn(let steps): ActionBounds.steps.contains(steps)
        default: true
        }
    }
}

extension Action {
    package static func cohorts(_ action: CohortsAction) -> Action { .own(OwnAction(CohortsScreen.self, action)) }
}
