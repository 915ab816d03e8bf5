import Frontier
import Policies

/// One entry of the study's log: what the analyst did, or what engine work came to and from what.
package enum LogEntry: Sendable, Equatable, Codable {
    case action(Action)
    case result(LoggedResult)
}

/// A result as the log keeps it: not the numbers, but all that brings them about again. It stands where the result was taken
/// in, which may be later than the action that asked for it.
package enum LoggedResult: Sendable, Equatable, Codable {
    /// A search of the front, the evaluations it did and a digest of its inputs.
    case search(SearchSettings, inputs: String)
    /// The best policy inside the limits, looked for from these knobs.
    case limits(from: PolicyKnobs)
    /// A candidate made by hand.
    case candidate(PolicyKnobs)
    /// The usual learners judged, or every one.
    case judgement(all: Bool)
    /// Settings of the study's learner tried, by this seed.
    case settings(seed: UInt64)
    /// The subgroups of one arm and outcome.
    case subgroups(arm: Int, outcome: Int)
    /// k candidates by hypervolume.
    case picks(Int)
    /// A file written; replaying says so and writes nothing.
    case export(path: String, candidate: String)
    case text(path: String)

    /// The work that brings the result about again; nil where there is nothing to compute.
    var job: Job? {
        switch self {
        case .search(let settings, _): .search(settings)
        case .limits(let knobs): .holdLimits(knobs)
        case .candidate(let knobs): .addCandidate(knobs)
        case .judgement(let all): .judge(all: all)
        case .settings(let seed): .tuneLearner(seed: seed)
        case .subgroups(let arm, let outcome): .findSubgroups(arm: arm, outcome: outcome)
        case .picks(let count): .pickBest(count)
        case .export, .text: nil
        }
    }
}

extension Job {
    /// Whether its result is logged where it is taken in, so that replay leaves the job to that entry.
    var isReplayedByItsResult: Bool {
        switch self {
        case .search, .holdLimits, .judge, .tuneLearner, .findSubgroups, .addCandidate, .pickBest, .export, .report,
            .writeText:
            true
        default: false
        }
    }
}
