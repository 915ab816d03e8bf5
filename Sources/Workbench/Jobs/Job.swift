import Effects
import Frontier
import Groups
import Policies
import Runtime
import Studies

/// Work of one kind replaces earlier work of its kind: the latest wins.
package enum JobKind: String, Sendable, Codable, CaseIterable {
    case fit, evaluate, pins, profile, gains, limits, search, drill, judge, settings, subgroups, inspect,
        feasibility, candidates, export, data

    /// Kinds whose progress is said, the most telling first; the others take no time to speak of.
    static let announced: [JobKind] = [
        .fit, .search, .limits, .judge, .settings, .subgroups, .drill, .inspect, .export,
    ]

    /// Whether it may be cut short: writes to the study and exports never are.
    var isStoppable: Bool { self != .candidates && self != .export }
}

/// Engine work that the reducer asks for; it runs off the main thread.
package enum Job: Sendable {
    case fit
    case evaluate(PolicyKnobs, Estimator)
    case evaluatePins([PolicyKnobs], Estimator)
    case cohortGains(PolicyKnobs)
    case drillDown([String])
    case writeText(String, path: String)
    case setNote(candidate: Int, String)
    /// nil goes back to the reference point of the last search.
    case setReference([String: Double]?)
    case profile(Knob, PolicyKnobs, Estimator)
    case holdLimits(PolicyKnobs)
    case search(SearchSettings)
    /// What a pane of the Front screen tells of a candidate.
    case inspect(Candidate, FrontPane)
    /// How likely candidates are to keep every limit.
    case judgeFeasibility([Candidate])
    /// Judges the usual learners, or every one.
    case judge(all: Bool)
    /// Searches settings of the study's learner.
    case tuneLearner(seed: UInt64)
    case findSubgroups(arm: Int, outcome: Int)
    case addCandidate(PolicyKnobs)
    case setPicked(Set<Int>)
    case pickBest(Int)
    case setHidden(Set<Int>, shown: Set<Int>)
    case export(candidate: Int?, PolicyKnobs, path: String)
    /// The HTML report, with the chosen candidate.
    case report(candidate: Int?, path: String)
    /// Whether the data file's bytes still are those that were fitted.
    case checkData
    /// An entry for the study's log: the session commits it itself, before the next frame.
    case log(LogEntry)

    package var kind: JobKind {
        switch self {
        case .fit: .fit
        case .evaluate: .evaluate
        case .evaluatePins: .pins
        case .cohortGains: .gains
        case .drillDown: .drill
        case .profile: .profile
        case .holdLimits: .limits
        case .search: .search
        case .inspect: .inspect
        case .judgeFeasibility: .feasibility
        case .judge: .judge
        case .tuneLearner: .settings
        case .findSubgroups: .subgroups
        case .addCandidate, .setPicked, .pickBest, .setHidden, .setNote, .setReference, .log:
            .candidates
        case .export, .report, .writeText: .export
        case .checkData: .data
        }
    }

    /// Whether newer work of its kind makes it pointless; writes to the study never are.
    var isReplaceable: Bool {
        switch self {
        case .evaluate, .profile, .cohortGains, .drillDown, .holdLimits, .search, .inspect, .judge, .tuneLearner,
            .findSubgroups:
            true
        default: false
        }
    }
}

/// What engine work brought.
package enum JobResult: Sendable {
    case stage(StudyFit.Stage)
    case opened(OpenedStudy)
    /// Whether the data file's content is what was fitted; nil where it cannot be found.
    case data(isUnchanged: Bool?)
    case evaluated(PolicyKnobs, Estimator, PolicyEvaluation)
    case evaluatedPins([PolicyKnobs: PolicyEvaluation], Estimator)
    case summedCohorts(GroupSums)
    case gained(WorkbenchState.CohortGains)
    case drilledDown(DrillDown)
    case wroteText(path: String)
    case noted(Candidate)
    /// The last front against another reference point.
    case measured(FrontRecord)
    case evaluatedArms([PolicyEvaluation])
    case profiled(PolicyKnobs, Estimator, ParameterProfile)
    case heldLimits(from: PolicyKnobs, BestWithinLimits.Found)
    case searched(Study.Front, [Candidate], SearchSettings)
    case inspected(candidate: Int, FrontPane, CandidateReport)
    /// By candidate; those where it cannot be estimated are left out.
    case judgedFeasibility([Int: Double])
    /// The usual learners were judged, or every one.
    case judged(ModelReport, all: Bool)
    case tuned(HyperparameterSearch)
    case foundSubgroups(SubgroupSearch)
    case added(Candidate)
    case picked([Candidate], looks: Int)
    /// What can honestly be said of the picks; nil without picks.
    case reportedPicks(PickReport?)
    case pickedBest(Study.Picks, looks: Int)
    case exported(path: String, candidate: String)
    /// How far work is, and the seconds it has taken so far.
    case progress(JobKind, Progress, elapsed: Double)
    case finished(JobKind)
    case failed(JobKind, EspalierError)
    case cancelled(JobKind)
}
