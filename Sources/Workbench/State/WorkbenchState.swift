import Effects
import Experiments
import Frontier
import Groups
import Policies
import Runtime
import Studies

/// All that the screens show. The reducer alone changes it.
package struct WorkbenchState: Sendable {
    // What is known of the study; it fills as a fit proceeds.
    package var title: String
    package var description: StudyDescription?
    package var health: HealthReport?
    package var trees: StudyTrees?
    package var workspace: PolicyWorkspace?
    package var looks = 0
    /// Whether the data file is no longer what was fitted.
    package var dataHasChanged = false
    /// Digest of the spec and the data that were fitted; empty until the study is open.
    package var inputs = ""
    /// Where the study is kept; empty until it is open.
    package var studyPath = ""

    // Decisions.
    package var decisions = Decisions(knobs: PolicyKnobs(weights: [1], biases: [0], shrinkage: [0]))
    package var history = History()
    package var estimator = Estimator.dr

    // Results; the last good ones stay, dimmed, until newer ones come.
    package var evaluation: PolicyEvaluation?
    package var evaluationIsStale = false
    /// Of the pinned policies, by the present estimator.
    package var pinEvaluations: [PolicyKnobs: PolicyEvaluation] = [:]
    package var profile: ParameterProfile?
    package var profileIsStale = false
    /// The knobs and estimator the profile was computed from.
    package var profileOrigin: ProfileOrigin?
    package var candidates: [Candidate] = []
    /// Knobs that were asked to become a candidate and have not become one yet.
    package var awaitedCandidate: PolicyKnobs?
    /// Knobs that an export awaits as a candidate, and the file it is for.
    var awaitedExport: AwaitedExport?
    /// The sentence on picks that awaits which of them cannot be told apart.
    var awaitedComparison: String?
    package var front: FrontRecord?
    /// Hypervolume by passes and seconds of the search done last in this sitting.
    package var searchTrace: [TracePoint] = []
    package var pickReport: PickReport?
    package var candidateReports = CandidateReports()
    package var armEvaluations: [PolicyEvaluation] = []
    /// By cohort, arm and outcome over the estimating half: the effects of any node on any outcome.
    package var cohortSums: GroupSums?
    /// What the policy of some knobs gives to each cohort, and gains there.
    package var cohortGains: CohortGains?
    /// The cells of a drill-down by one or two covariates, once they have been read again.
    package var drillDown: DrillDown?
    /// The learners judged on the study's experiment; nil until they were.
    package var modelReport: ModelReport?
    /// The settings of the study's learner that were tried; nil until they were.
    package var hyperparameters: HyperparameterSearch?
    /// One search for each arm and outcome that was asked for.
    package var subgroups: [SubgroupSearch] = []

    // Where the analyst looks.
    package var screen = Screen.experiment
    package var focusedKnob = 0
    package var focusedCandidate: Int?
    package var horizontalOutcome = 1
    package var verticalOutcome = 0
    package var treeIndex = 0
    package var treeRow = 0
    package var collapsed: Set<String> = []
    package var cohortRow = 0
    package var cohortsView = CohortsView()
    package var experimentPane = ExperimentPane.effects
    package var policyPane = PolicyPane.curves
    package var treesPane = TreesPane.tree
    package var modelsPane = ModelsPane.curve
    package var frontView = FrontView()
    package var frontPane = FrontPane.estimates
    /// Whether the front of the weights alone is drawn beside that with biases.
    package var showsWeightsOnly = true
    package var findingRow = 0
    package var modelRow = 1
    /// What the lists are filtered by, one text a screen.
    package var filters: [Screen: String] = [:]

    // What is said and asked.
    package var overlay = Overlay.none
    package var message = ""
    package var running: [WorkKind: String] = [:]
    package var shouldQuit = false
    package var clipboard: String?
    /// What the caller of the workbench gives it.
    var services: WorkbenchServices
    /// What belongs to the terminal and the person, not to the study.
    package var preferences = SessionPreferences()
    /// Why the study could not be opened or fitted; with nothing to show the workbench ends with it.
    package var failure: EspalierError?

    package struct CohortGains: Sendable, Equatable {
        package let knobs: PolicyKnobs
        /// At the row of the cohort table.
        package let cohorts: [GroupGain]
        /// At the cell of the drill-down that is shown, if one is.
        package let cells: [GroupGain]
    }

    package struct ProfileOrigin: Sendable, Equatable {
        package let knobs: PolicyKnobs
        package let estimator: Estimator
    }

    package enum Overlay: Sendable, Equatable {
        case none
        /// Rows scrolled past.
        case help(offset: Int)
        case palette(text: String, row: Int)
        /// The steps of undo and redo.
        case history(row: Int)
        /// The themes, with the one to go back to.
        case themes(row: Int, before: String)
        case prompt(Action.Prompt, text: String)
    }

    package struct AwaitedExport: Sendable, Equatable {
        let knobs: PolicyKnobs
        let path: String
    }

    package init(title: String, services: WorkbenchServices = WorkbenchServices(tool: "")) {
        self.title = title
        self.services = services
    }

    /// Takes in candidates, new ones or newer ones.
    mutating func merge(_ changed: [Candidate]) {
        var byID = Dictionary(uniqueKeysWithValues: candidates.map { ($0.id, $0) })
        for candidate in changed {
            var merged = candidate
            if merged.confirm == nil { merged.confirm = byID[candidate.id]?.confirm }
            byID[candidate.id] = merged
        }
        candidates = byID.values.sorted { $0.id < $1.id }
    }

    package var space: PolicySpace? { workspace?.space }

    package var pinnedEvaluation: PolicyEvaluation? { decisions.pinned.flatMap { pinEvaluations[$0] } }

    package var knobs: [Knob] { space.map { Knob.all(in: $0) } ?? [] }

    package var knob: Knob? { knobs.indices.contains(focusedKnob) ? knobs[focusedKnob] : nil }

    /// Candidates that undo has not hidden, in the order of the front screen: by descending vertical outcome.
    package var visibleCandidates: [Candidate] {
        candidates.filter { !decisions.hidden.contains($0.id) && $0.tune != nil }.sorted { a, b in
            let left = orientedDifference(a, verticalOutcome)
            let right = orientedDifference(b, verticalOutcome)
            return left != right ? left > right : a.id < b.id
        }
    }

    /// The visible candidates that pass the front screen's filter: by name, origin, note, pick and limits.
    package var listedCandidates: [Candidate] {
        guard filters[.front] != nil else { return visibleCandidates }
        return visibleCandidates.filter { passesFilter(of: .front, Wording.searchable($0, self)) }
    }

    /// s (V - V0) of a candidate on tune.
    func orientedDifference(_ candidate: Candidate, _ outcome: Int) -> Double {
        guard let space, let evaluation = candidate.tune, outcome < space.outcomeCount else { return -.infinity }
        return space.outcomes[outcome].sign * (evaluation.outcomes[outcome].difference?.value ?? -.infinity)
    }

    package var focused: Candidate? {
        let listed = listedCandidates
        return listed.first { $0.id == focusedCandidate } ?? listed.first
    }

    /// What the present screen's list is filtered by.
    package var filter: String {
        get { filters[screen] ?? "" }
        set { filters[screen] = newValue.isEmpty ? nil : newValue }
    }

    /// Whether a text holds every word a screen's list is filtered by, in any case.
    package func passesFilter(of screen: Screen, _ text: String) -> Bool {
        guard let filter = filters[screen] else { return true }
        let text = text.lowercased()
        return filter.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }

    func isPicked(_ candidate: Candidate) -> Bool { decisions.picked.contains(candidate.id) }
}
