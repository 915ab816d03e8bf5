import Policies

/// JSON of `pick`.
package struct PicksDocument: Encodable {
    package let hypervolume: Double
    /// What it is the volume of.
    package let hypervolumeOf: String
    package let share: Double
    /// "exact" or "greedy", and the least share of the best choice that is sure to be kept.
    package let proof: String
    package let guarantee: Double
    package let picks: [CandidateDocument]
    package let report: PickReport?

    package init(_ outcome: PickByHypervolume.Outcome, report: PickReport?, in space: PolicySpace) {
        hypervolume = outcome.hypervolume
        hypervolumeOf =
            "the picks' values on tune above the front's reference, oriented so that more is better, in the outcomes' own units; "
            + "share is of that of all \(outcome.poolCount) policies picked from; the report's tuneHypervolume and "
            + "confirmHypervolume are of changes from control instead"
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
