import Policies
import Studies

/// Where the analyst looks on the Front screen.
package struct FrontState: ScreenState {
    /// By its id; nil is the first of the list.
    package var focusedCandidate: Int?
    package var horizontalOutcome = 1
    package var verticalOutcome = 0
    package var pane = FrontPane.estimates
    package var view = FrontView()
    /// Whether the front of the weights alone is drawn beside that with biases.
    package var showsWeightsOnly = true

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case focusedCandidate, horizontalOutcome, verticalOutcome
        case pane = "frontPane"
        case view = "frontView"
        case showsWeightsOnly
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        focusedCandidate = try container.decodeIfPresent(Int.self, forKey: .focusedCandidate)
        horizontalOutcome = try container.decode(Int.self, forKey: .horizontalOutcome)
        verticalOutcome = try container.decode(Int.self, forKey: .verticalOutcome)
        pane = try container.decode(.pane, or: .estimates)
        view = try container.decode(FrontView.self, forKey: .view)
        showsWeightsOnly = try container.decode(.showsWeightsOnly, or: true)
    }
}

extension WorkbenchState {
    package var front: FrontState {
        get { self[FrontScreen.self] }
        set { self[FrontScreen.self] = newValue }
    }

    /// Candidates that undo has not hidden, in the order of the front screen: by descending vertical outcome.
    package var visibleCandidates: [Candidate] {
        let vertical = front.verticalOutcome
        return facts.candidates.filter { !decisions.hidden.contains($0.id) && $0.tune != nil }.sorted { a, b in
            let left = orientedDifference(a, vertical)
            let right = orientedDifference(b, vertical)
            return left != right ? left > right : a.id < b.id
        }
    }

    /// The visible candidates that pass the front screen's filter: by name, origin, note, pick and limits.
    package var listedCandidates: [Candidate] {
        guard filters[FrontScreen.screen] != nil else { return visibleCandidates }
        return visibleCandidates.filter { passesFilter(of: FrontScreen.screen, Wording.searchable($0, self)) }
    }

    /// s (V - V0) of a candidate on tune.
    func orientedDifference(_ candidate: Candidate, _ outcome: Int) -> Double {
        guard let space, let evaluation = candidate.tune, outcome < space.outcomeCount else { return -.infinity }
        return space.outcomes[outcome].sign * (evaluation.outcomes[outcome].difference?.value ?? -.infinity)
    }

    package var focused: Candidate? {
        let listed = listedCandidates
        return listed.first { $0.id == front.focusedCandidate } ?? listed.first
    }
}
