/// How the Cohorts screen is looked at: columns, order, what is left out and what is marked.
package struct CohortsView: Sendable, Equatable, Codable {
    package enum Column: Sendable, Hashable, Codable {
        case number
        case units
        case share
        /// The arm that the present policy gives to most of the cohort.
        case given
        /// What the present policy gains there on an outcome.
        case gain(outcome: Int)
        /// The leaf effect of an arm on an outcome.
        case effect(arm: Int, outcome: Int)
    }

    /// What the rows are where no drill-down is shown.
    package enum Kind: String, Sendable, Codable {
        /// The cohorts of one tree for all arms and outcomes.
        case joint
        /// Merged cohorts in few groups.
        case groups
        case merged
    }

    /// The part of the covariates that one node of a tree covers: its cohorts alone are shown.
    package struct Region: Sendable, Equatable, Codable {
        package let tree: Int
        package let leaves: Set<Int>
        /// "cap_mid on sessions: segment = daily".
        package let words: String
    }

    /// The column with the cursor.
    package var column = Column.units
    /// What rows that are alike in it are sorted by: the column sorted by before, the same way round.
    package var second: Column?
    package var sort = Column.units
    package var isAscending = false
    package var hidden: Set<Column> = []
    /// Rows marked, by their number from 0.
    package var marked: Set<Int> = []
    package var region: Region?
    /// What the rows are; nil before anybody chose.
    package var kind: Kind?
    /// The group whose cohorts alone are shown, from 0.
    package var group: Int?
    /// Whether rules are in numbers where they could be in quantile words.
    package var isInNumbers: Bool?

    /// Starts with the columns that fit a small screen: the first outcome's gain alone.
    package init(outcomeCount: Int = 1) {
        hidden = Set((1..<max(1, outcomeCount)).map { .gain(outcome: $0) } + [.share])
    }
}
