import Online
import Policies
import Studies
import Texts

/// What the Online screen says: the verdict on what is shown, and what to do next.
enum OnlineAdvice {
    /// The verdict on the pane shown, without its full stop; nil where there is nothing to judge.
    static func verdict(_ state: WorkbenchState) -> String? {
        switch state.online.pane {
        case .round:
            guard let round = OnlineRows.shown(state) else { return nil }
            let back = OnlineRows.counts(round, state) ? "" : "taken back, and counts no more; "
            return "round \(round.number): \(back)\(round.reading.finding)"
        case .next:
            guard let proposal = OnlineRows.proposal(state) else { return nil }
            let sentence = proposal.expectation
            guard proposal.batch.count > 1 else { return sentence }
            return sentence
                + (proposal.stops
                    ? ", less than its error: stop, and repeat or launch one of the recommended" : ": go on testing")
        case .monitor: return OnlineRows.watched(state)?.reading.finding
        }
    }

    /// What to do next, with its key.
    static func next(_ state: WorkbenchState) -> String {
        guard state.facts.workspace != nil, OnlineRows.review(state) != nil else { return "" }
        let names = OnlineRows.toPlan(state)
        switch state.online.pane {
        case .monitor:
            guard let watched = OnlineRows.watched(state) else {
                return state.decisions.online?.launch == nil
                    ? "nothing is launched: l launches a policy of a round" : "w reads the log so far"
            }
            return watched.reading.isAlarm
                ? "ALARM: take the policy back" : "w reads the log again, as often as you like"
        case .next where OnlineRows.proposal(state)?.stops == true:
            return "l launches the focused policy, N repeats it"
        case .round, .next:
            if let awaited = OnlineRows.awaited(state) {
                return "r reads the results of plan \(awaited.number), run by `espalier assign`"
            }
            if names.areProposed { return "p plans a round of \(OnlineRows.names(names.ids))" }
            if let last = OnlineRows.counting(state).last {
                guard last.reading.sampleRatioP >= RoundReading.sampleRatioAlarm else {
                    return "find out why units were lost; d takes the round back"
                }
                return "n: the next policies, l: launch the focused, N: repeat it"
            }
            return names.ids.isEmpty
                ? "nothing is picked yet: 5 shows the front, Space picks"
                : "p plans a round of \(OnlineRows.names(names.ids)) beside control"
        }
    }

    /// York's line, or why there is none.
    static func line(_ line: RoundReading.Line) -> String {
        guard let york = line.line else { return "no line: \(line.reason ?? "too few points")" }
        let slope = york.slopeInterval().map {
            ", slope \(NumberText.significant($0.low, 2)) to \(NumberText.significant($0.high, 2))"
        }
        return
            "online = \(NumberText.significant(york.intercept, 2)) + \(NumberText.significant(york.slope, 2)) offline"
            + (slope ?? "")
    }

    /// The same in a few words.
    static func shortLine(_ line: RoundReading.Line) -> String {
        guard let york = line.line else { return "no line: too few or too noisy" }
        let interval = york.slopeInterval().map {
            ", \(NumberText.significant($0.low, 2))..\(NumberText.significant($0.high, 2))"
        }
        return "slope \(NumberText.significant(york.slope, 2))\(interval ?? "")"
    }
}
