import Effects
import Frontier
import Policies
import Statistics
import Studies

/// Work of one kind replaces earlier work of its kind: the latest wins.
package enum JobKind: String, Sendable, Codable, CaseIterable {
    case fit, evaluate, pins, profile, gains, limits, search, drill, judge, candidates, export
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
    /// Every learner, or the usual ones.
    case judge(all: Bool)
    case addCandidate(PolicyKnobs)
    case setPicked(Set<Int>)
    case pickBest(Int)
    case setHidden(Set<Int>, shown: Set<Int>)
    case export(candidate: Int?, PolicyKnobs, path: String)
    case log(Action)

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
        case .judge: .judge
        case .addCandidate, .setPicked, .pickBest, .setHidden, .setNote, .setReference, .log:
            .candidates
        case .export, .writeText: .export
        }
    }

    /// Whether newer work of its kind makes it pointless; writes to the study never are.
    var isReplaceable: Bool {
        switch self {
        case .evaluate, .profile, .cohortGains, .drillDown, .holdLimits, .search, .judge: true
        default: false
        }
    }
}

/// What engine work brought.
package enum JobResult: Sendable {
    case stage(StudyFit.Stage)
    case opened(Study, [Candidate], FrontRecord?, looks: Int)
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
    case searched(Study.Front, [Candidate], evaluations: Int)
    /// Learners were judged, now or before the study was opened; `setsStart` unless decisions were made since.
    case judged(ModelReport, setsStart: Bool)
    case added(Candidate)
    case picked([Candidate], looks: Int)
    case pickedBest(Study.Picks, looks: Int)
    case exported(path: String, candidate: String)
    case progress(JobKind, Progress)
    case finished(JobKind)
    case failed(JobKind, EspalierError)
    case cancelled(JobKind)
}
