/// What stands in the middle of the Trees screen.
package enum TreesPane: String, Sendable, Codable, CaseIterable {
    /// The focused arm's and outcome's tree.
    case tree
    /// The subgroups in which the arm does best and worst on the outcome.
    case subgroups
}
