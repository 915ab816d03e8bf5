/// What the cursor of the Experiment screen moves in; where there is no room for all three, the one that is shown.
package enum ExperimentPane: String, Sendable, Codable, CaseIterable {
    case effects, balance, checks
}
