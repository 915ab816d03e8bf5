import Policies

/// What stands on the bottom line when it asks for something, and what to make of the answer.
enum PromptText {
    static func start(_ prompt: Action.Prompt, _ state: WorkbenchState) -> String {
        switch prompt {
        case .value, .pickCount: ""
        case .exportPath: "policy.json"
        case .reportPath: reportPath(state)
        case .filter: state.filter
        case .drill: state.drillDown?.covariates.joined(separator: " ") ?? ""
        case .cohortsPath: "cohorts.csv"
        case .reference: reference(state)
        case .note: CandidatesReducer.noted(state)?.note ?? ""
        }
    }

    static func question(_ prompt: Action.Prompt, _ state: WorkbenchState) -> String {
        switch prompt {
        case .value(let knob): return state.space.map { Wording.knob(knob, $0) + " =" } ?? "value ="
        case .pickCount: return "how many candidates to pick:"
        case .exportPath: return "write the policy to:"
        case .reportPath: return "write the report to:"
        case .filter: return state.screen == .policy ? "go to the knob called:" : "only rows with:"
        case .drill: return "one or two covariates:"
        case .cohortsPath:
            let marked = state.cohortsView.marked.count
            return "write \(marked > 0 ? "the \(marked) marked" : "what is shown") to:"
        case .reference: return "reference:"
        case .note: return "note on \(CandidatesReducer.noted(state)?.name ?? "nothing"):"
        }
    }

    /// Beside the study, under its name.
    private static func reportPath(_ state: WorkbenchState) -> String {
        let study = state.studyPath
        let stem = study.hasSuffix(".espalier") ? String(study.dropLast(".espalier".count)) : study
        return stem.isEmpty ? "report.html" : stem + ".html"
    }

    /// "sessions=3.05 ctr=0.11", in the outcomes' own units.
    private static func reference(_ state: WorkbenchState) -> String {
        guard let space = state.space else { return "" }
        let values = state.decisions.reference ?? state.front?.reference ?? [:]
        return space.outcomes.compactMap { outcome in
            values[outcome.name].map { "\(outcome.name)=\(Wording.number($0))" }
        }.joined(separator: " ")
    }

    /// The reference point that a line spells; nothing typed goes back to that of the search.
    static func reference(_ text: String, in space: PolicySpace) -> Answer<[String: Double]?> {
        var values: [String: Double] = [:]
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
                return .wrong("\"\(word)\" is not outcome=number")
            }
            guard space.outcomes.contains(where: { $0.name == parts[0] }) else {
                return .wrong(
                    "there is no outcome \(parts[0]); write \(space.outcomes.map(\.name).joined(separator: ", "))")
            }
            values[String(parts[0])] = value
        }
        return .right(values.isEmpty ? nil : values)
    }

    enum Answer<Value> {
        case right(Value)
        case wrong(String)
    }
}
