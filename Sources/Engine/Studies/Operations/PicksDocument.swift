import Policies

/// JSON of `pick`.
package struct PicksDocument: Encodable {
    package let hypervolume: Double
    package let share: Double
    /// "exact" or "greedy", and the least share of the best choice that is sure to be kept.
    package let proof: String
    package let guarantee: Double
    package let picks: [CandidateDocument]
    package let report: PickReport?

    package init(_ outcome: PickByHypervolume.Outcome, report: PickReport?, in space: PolicySpace) {
        hypervolume = outcome.hypervolume
        share = outcome.share
        proof = outcome.proof.rawValue
        guarantee = outcome.guarantee
        picks = outcome.candidates.map { CandidateDocument($0, in: space) }
        self.report = report
    }
}

/// JSON of `pick --candidate`.
package struct HandPicksDocument: Encodable {
    package let picks: [CandidateDocument]
    package let report: PickReport?

    package init(_ picks: [Candidate], report: PickReport?, in space: PolicySpace) {
        self.picks = picks.map { CandidateDocument($0, in: space) }
        self.report = report
    }
}
