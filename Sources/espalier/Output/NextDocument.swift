import Policies
import Statistics
import Studies

/// JSON of `online next`.
struct NextDocument: Encodable {
    struct Outcome: Encodable {
        let name: String
        let difference: Estimate
        let limit: LimitVerdict?
    }

    struct Recommended: Encodable {
        let candidate: CandidateDocument
        /// Online, from control.
        let online: [Outcome]
        /// Null by averages alone.
        let modelShare: Double?

        private enum CodingKeys: CodingKey {
            case candidate, online, modelShare
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(candidate, forKey: .candidate)
            try container.encode(online, forKey: .online)
            try container.encode(modelShare, forKey: .modelShare)
        }
    }

    struct Gain: Encodable {
        let value: Double
        let error: Double
        /// Of the front that is recommended.
        let hypervolume: Double
        /// Whether the gain is below its error.
        let stop: Bool
    }

    /// Of the next round, as `front` prints candidates.
    let candidates: [CandidateDocument]
    let recommended: [Recommended]
    let gain: Gain
    let rounds: [Int]
    /// Why averages alone are gone by; null where units are.
    let averagesAlone: String?
    let finding: String

    private enum CodingKeys: CodingKey {
        case candidates, recommended, gain, rounds, averagesAlone, finding
    }

    init(_ next: NextRound, in space: PolicySpace) {
        candidates = next.batch.map { CandidateDocument($0, in: space) }
        recommended = zip(next.recommended, next.record.recommended).map { candidate, held in
            Recommended(
                candidate: CandidateDocument(candidate, in: space),
                online: held.outcomes.map { Outcome(name: $0.name, difference: $0.difference, limit: $0.limit) },
                modelShare: held.modelShare)
        }
        gain = Gain(
            value: next.record.gain, error: next.record.gainError, hypervolume: next.record.hypervolume,
            stop: next.record.stops)
        rounds = next.record.rounds
        averagesAlone = next.record.reason
        finding = next.record.finding
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(candidates, forKey: .candidates)
        try container.encode(recommended, forKey: .recommended)
        try container.encode(gain, forKey: .gain)
        try container.encode(rounds, forKey: .rounds)
        try container.encode(averagesAlone, forKey: .averagesAlone)
        try container.encode(finding, forKey: .finding)
    }
}
