import Effects
import Experiments
import Studies

/// Where the analyst stands on the way from data to an exported policy, and what comes next.
struct Story: Equatable {
    enum Standing: Equatable {
        case done, open
        /// It can be gone on from, but not with an easy mind.
        case doubtful
        case failed
    }

    struct Step: Equatable {
        let screen: Screen
        let standing: Standing
        /// In fewer and fewer words.
        let wordings: [String]
        /// The keys that do it, on its screen.
        var keys = ""
    }

    let steps: [Step]

    /// The first that is still to be done; nil where all are.
    var next: Step? { steps.first { $0.standing == .open } }

    /// nil where no study is open.
    init?(_ state: WorkbenchState) {
        guard state.facts.description != nil, let health = state.facts.health else { return nil }
        steps = [
            Self.health(health), Self.heterogeneity(state.results[.modelReport]), Self.tuning(state),
            Self.picks(state), Self.export(state.facts.exported),
        ]
    }

    private static func health(_ health: HealthReport) -> Step {
        let worst = health.findings.map(\.severity).max() ?? .ok
        let warnings = health.findings.count { $0.severity == .warning }
        return switch worst {
        case .ok, .note: Step(screen: ExperimentScreen.screen, standing: .done, wordings: ["healthy"])
        case .warning:
            Step(
                screen: ExperimentScreen.screen, standing: .doubtful,
                wordings: ["\(warnings) warning\(warnings == 1 ? "" : "s")", "warned"])
        case .blocking:
            Step(screen: ExperimentScreen.screen, standing: .failed, wordings: ["not healthy", "unhealthy"])
        }
    }

    private static func heterogeneity(_ report: ModelReport?) -> Step {
        guard let report else {
            return Step(
                screen: ModelsScreen.screen, standing: .open, wordings: ["do effects differ?", "differ?"],
                keys: " (r judges the learners)")
        }
        let isDetected = report.verdicts.contains { $0.isDetected }
        return Step(
            screen: ModelsScreen.screen, standing: isDetected ? .done : .doubtful,
            wordings: isDetected ? ["effects differ", "differ"] : ["no difference found", "no difference"])
    }

    private static func tuning(_ state: WorkbenchState) -> Step {
        let count = state.visibleCandidates.count
        return Step(
            screen: count == 0 ? PolicyScreen.screen : FrontScreen.screen, standing: count == 0 ? .open : .done,
            wordings: count == 0
                ? ["tune a policy", "tune"] : ["\(count) candidate\(count == 1 ? "" : "s")", "\(count) found"],
            keys: " (turn the knobs, a adds the policy; s on Front searches)")
    }

    private static func picks(_ state: WorkbenchState) -> Step {
        let picked = state.decisions.picked.count
        let looks = state.facts.looks
        let seen = looks == 0 ? "" : ", \(looks) look\(looks == 1 ? "" : "s")"
        return Step(
            screen: FrontScreen.screen, standing: picked == 0 ? .open : .done,
            wordings: picked == 0
                ? ["pick some" + seen, "pick"] : ["\(picked) picked" + seen, "\(picked) picked"],
            keys: " (Space picks the candidate, K the best k)")
    }

    private static func export(_ exported: String?) -> Step {
        Step(
            screen: FrontScreen.screen, standing: exported == nil ? .open : .done,
            wordings: [
                exported.map { $0.isEmpty ? "exported" : "\($0) exported" } ?? "export",
                exported == nil ? "export" : "out",
            ], keys: " (e writes the policy)")
    }
}
