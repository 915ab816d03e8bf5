import Experiments
import Statistics

/// JSON of `surrogates`, one per outcome.
struct SurrogateDocument: Encodable {
    struct Coefficient: Encodable {
        let column: String
        let slope: Double
        let standardError: Double
    }

    struct Check: Encodable {
        let arm: String
        /// On the long-term outcome.
        let effect: Estimate
        let byIndex: Double
        /// `effect` less `byIndex`.
        let missed: Estimate
        let z: Double?
        let refused: Bool

        init(_ check: SurrogateCheck) {
            arm = check.arm
            effect = check.effect
            byIndex = check.byIndex
            missed = check.missed
            z = check.z
            refused = check.isRefused
        }
    }

    struct Candidate: Encodable {
        let surrogates: [String]
        /// Root mean squared, in rows that the index was not fitted on.
        let heldOutError: Double
        let heldOutExplained: Double
        let rankByError: Int
        let largestZ: Double?
        let rankByCheck: Int?

        init(_ candidate: SurrogateCandidate) {
            surrogates = candidate.surrogates
            heldOutError = candidate.index.heldOutError
            heldOutExplained = candidate.index.heldOutExplained
            rankByError = candidate.rankByError
            largestZ = candidate.worstZ
            rankByCheck = candidate.rankByCheck
        }
    }

    let outcome: String
    let history: String
    let units: Int
    /// Standard deviation of the long-term outcome.
    let spread: Double
    let coefficients: [Coefficient]
    let checks: [Check]
    /// Sets of surrogates, the least error first.
    let candidates: [Candidate]
    let note: String

    init(_ judged: JudgedSurrogate) {
        outcome = judged.outcome
        history = judged.spec.history
        units = judged.own?.index.unitCount ?? 0
        spread = judged.own?.index.spread ?? 0
        coefficients =
            judged.own.map { own in
                own.index.rule.names.indices.map {
                    Coefficient(
                        column: own.index.rule.names[$0], slope: own.index.rule.slopes[$0],
                        standardError: own.index.standardError(ofSlope: $0))
                }
            } ?? []
        checks = judged.own?.checks.map(Check.init) ?? []
        candidates = judged.candidates.map(Candidate.init)
        note = SurrogateCheck.noProof
    }
}
