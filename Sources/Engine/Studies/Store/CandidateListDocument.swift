import Policies

/// JSON of `candidates`, `add` and `note`: a candidate as other commands give it, what the analyst decided about it, and its knobs
/// as they were turned.
package struct CandidateListDocument: Encodable {
    private struct Knobs: Encodable {
        let weights: [String: Double]
        let biases: [String: Double]
        let shrinkage: [String: Double]
    }

    private enum CodingKeys: String, CodingKey {
        case name, note, origin, search, isPicked, isHidden, limits, knobs
    }

    private let candidate: CandidateDocument
    private let name: String
    private let note: String
    /// "hand" or "search".
    private let origin: String
    /// Number of the search; null for candidates made by hand.
    private let search: Int?
    private let isPicked: Bool
    private let isHidden: Bool
    /// The verdict on tune over all limits; null without limits.
    private let limits: LimitVerdict?
    private let knobs: Knobs

    package init(_ candidate: Candidate, isHidden: Bool = false, in space: PolicySpace) {
        let outcomes = space.outcomes.map(\.name)
        self.candidate = CandidateDocument(candidate, in: space)
        name = candidate.name
        note = candidate.note
        switch candidate.origin {
        case .hand: (origin, search) = ("hand", nil)
        case .search(let number): (origin, search) = ("search", number)
        }
        isPicked = candidate.isPicked
        self.isHidden = isHidden
        limits = candidate.tune?.limits
        knobs = Knobs(
            weights: Dictionary(uniqueKeysWithValues: zip(outcomes, candidate.knobs.weights)),
            biases: Dictionary(uniqueKeysWithValues: zip(space.arms, candidate.knobs.biases)),
            shrinkage: Dictionary(uniqueKeysWithValues: zip(outcomes, candidate.knobs.shrinkage)))
    }

    package func encode(to encoder: any Encoder) throws {
        try candidate.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(note, forKey: .note)
        try container.encode(origin, forKey: .origin)
        try container.encode(search, forKey: .search)
        try container.encode(isPicked, forKey: .isPicked)
        try container.encode(isHidden, forKey: .isHidden)
        try container.encode(limits, forKey: .limits)
        try container.encode(knobs, forKey: .knobs)
    }
}
