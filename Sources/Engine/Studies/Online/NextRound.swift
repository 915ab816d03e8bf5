import Online
import Policies
import Statistics
import Texts

/// What an online test is to go on with: the policies of the next round, and those that are recommended by what is known.
package struct NextRound: Sendable {
    /// A policy with what is held of it online.
    package struct Held: Sendable, Equatable, Codable {
        package struct Outcome: Sendable, Equatable, Codable {
            package let name: String
            /// From control.
            package let difference: Estimate
            /// nil without a limit.
            package let limit: LimitVerdict?
        }

        /// Id of the candidate that it is.
        package let candidate: Int
        package let outcomes: [Outcome]
        /// Share of the units whose arm under it never occurred, so that they rest on a model; nil by averages alone.
        package let modelShare: Double?
    }

    /// What the study keeps of it.
    package struct Record: Sendable, Equatable, Codable {
        /// Ids of the next round's candidates.
        package let batch: [Int]
        package let recommended: [Held]
        package let gain: Double
        package let gainError: Double
        package let hypervolume: Double
        /// Whether testing goes on for nothing that can be told from chance.
        package let stops: Bool
        /// Why there are only averages to go by; nil where rows are known.
        package let reason: String?
        /// One sentence without its full stop.
        package let finding: String
        /// Ids of all rounds that it rests on.
        package let rounds: [Int]
    }

    package let record: Record
    package let batch: [Candidate]
    package let recommended: [Candidate]
    /// Candidates that were not shown before.
    let appeared: Set<Int>

    static let repetition = "a round of this policy and control alone says how much of what is held of it is chance"

    static func expectation(_ gain: Double, error: Double, hypervolume: Double) -> String {
        let scale = hypervolume > 0 ? 1 / hypervolume : 0
        return "another round is expected to add \(NumberText.percent(scale * gain, 1)) ± "
            + "\(NumberText.percent(scale * error, 1)) of the front's hypervolume"
    }
}

extension NextRound.Record {
    /// What is to be had of the next round, without its full stop and without how it is planned.
    package var expectation: String {
        batch.count == 1
            ? NextRound.repetition : NextRound.expectation(gain, error: gainError, hypervolume: hypervolume)
    }
}
