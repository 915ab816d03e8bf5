import Policies
import Studies

extension AddCandidate: WorkbenchOperation {
    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        if state.awaitedCandidate == candidate.knobs { state.awaitedCandidate = nil }
        state.facts.merge([candidate])
        state.front.focusedCandidate = candidate.id
        state.message = "added candidate \(candidate.name)"
        guard let export = state.awaitedExport, export.knobs == candidate.knobs else { return [] }
        state.awaitedExport = nil
        return [.operation(ExportPolicy(candidate, to: export.path, state.services))]
    }
}

extension SetPicks: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge(outcome.candidates)
        state.facts.looks = outcome.looks
        return [.query(ReportPicks())]
    }
}

extension PickByHypervolume: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge(outcome.candidates)
        state.facts.looks = outcome.looks
        state.front.view.wanted = outcome.candidates.count
        let share = state.space.flatMap { CandidateDetails.share(state, outcome.candidates, $0) } ?? outcome.share
        state.message =
            "\(outcome.candidates.map(\.name).joined(separator: " ")) keep "
            + "\(Wording.percent(share)) of the hypervolume (\(outcome.proof.rawValue))"
        state.awaitedComparison = state.message
        return [.query(ReportPicks())]
    }
}

extension ChoosePicks: WorkbenchQuery {
    package static var work: WorkKind { .candidates }
    package static var isReplayed: Bool { false }

    /// Confirm is opened only for a yes.
    package func take(_ choice: PickChoice, in state: inout WorkbenchState) -> [Work] {
        let action = Action.front(.pickBest(pick.count))
        guard choice.unseenCount > 0 else { return Reducer.reduce(&state, action) }
        state.overlay = .page(
            Page(
                title: "pick \(pick.count) by hypervolume", text: words(choice, state),
                answers: [
                    Page.Answer(
                        key: .character("y"), words: "picks them and opens confirm for \(choice.unseenCount)",
                        action: action)
                ]), offset: 0)
        return []
    }

    private func words(_ choice: PickChoice, _ state: WorkbenchState) -> String {
        let kept = state.facts.candidates.filter { (pick.keeping ?? []).contains($0.id) }.map(\.name)
        let chosen = choice.names.compactMap { $0 }.filter { !kept.contains($0) }
        let news = choice.names.count { $0 == nil }
        var parts = chosen
        if news > 0 { parts.append("\(news) new from the front") }
        var sentences = [" picks \(parts.isEmpty ? "nothing more" : parts.joined(separator: ", "))"]
        if !kept.isEmpty { sentences.append(" keeps \(kept.joined(separator: ", "))") }
        if choice.outsideCount > 0 {
            sentences.append(
                " \(choice.outsideCount) of them break\(choice.outsideCount == 1 ? "s" : "") a limit: too few keep all")
        }
        sentences.append(" looks at confirm so far: \(state.facts.looks)")
        return sentences.joined(separator: "\n")
    }
}

extension ReportPicks: WorkbenchQuery {
    package static var work: WorkKind { .candidates }
    package static var isReplaceable: Bool { false }

    package func take(_ report: PickReport?, in state: inout WorkbenchState) -> [Work] {
        state.results[.pickReport] = report
        // The sentence on picks by hypervolume ends with those that nobody can tell apart.
        if let awaited = state.awaitedComparison, awaited == state.message, let pair = report?.alike.first {
            state.message += "; \(pair.first) and \(pair.second) cannot be told apart"
        }
        state.awaitedComparison = nil
        return []
    }
}

extension ResultKey where Value == PickReport? {
    /// Which picks cannot be told apart.
    package static var pickReport: ResultKey { ResultKey("pick report") }
}

extension SetHidden: WorkbenchOperation {}

extension SetNote: WorkbenchOperation {
    package func take(_ candidate: Candidate?, in state: inout WorkbenchState) -> [Work] {
        guard let candidate else { return [] }
        state.facts.merge([candidate])
        state.message = "\(candidate.name) is noted"
        return []
    }
}

extension LookAtConfirm: WorkbenchOperation {
    package func take(_ looks: Int, in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = looks
        return []
    }
}

extension ExplainOnConfirm: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = outcome.looks
        return []
    }
}
