import Effects

/// What is focused on the Models screen.
enum ModelRows {
    /// Arm and outcome, those of the Trees screen: both follow one cursor.
    static func pair(_ state: WorkbenchState) -> (arm: Int, outcome: Int) {
        let outcomes = max(1, state.facts.description?.space.outcomeCount ?? 1)
        return (state.trees.index / outcomes + 1, state.trees.index % outcomes)
    }

    /// The focused learner, in the report's order.
    static func learner(_ state: WorkbenchState, _ report: ModelReport) -> Int {
        min(max(0, state.models.row), report.learners.count - 1)
    }

    /// The finding in one sentence.
    static func finding(_ state: WorkbenchState) -> String {
        guard state.facts.description != nil else { return "reading the experiment" }
        guard let report = state.results[.modelReport] else {
            return "r judges the learners: do effects differ between units at all?"
        }
        let found = report.verdicts.filter(\.isDetected)
        guard !found.isEmpty else {
            return "no detectable heterogeneity in any of the \(report.verdicts.count) pairs of arm and outcome"
        }
        return "effects differ between units: " + found.map { "\($0.arm) on \($0.outcome)" }.joined(separator: ", ")
    }

    /// What starting with nearly average effects means for the policy, in one sentence.
    static func startedShrunk(_ names: [String]) -> String {
        "no heterogeneity found on \(names.joined(separator: ", ")): alpha starts near 1; u undoes it"
    }
}
