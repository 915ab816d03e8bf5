import Online
import Policies
import Statistics

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
}
