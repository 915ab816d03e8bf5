import Policies

/// The screens, in the order of their number keys.
package enum Screen: Int, Sendable, Codable, CaseIterable {
    case experiment, trees, cohorts, policy, front, models

    package var title: String {
        switch self {
        case .experiment: "Experiment"
        case .trees: "Trees"
        case .cohorts: "Cohorts"
        case .policy: "Policy"
        case .front: "Front"
        case .models: "Models"
        }
    }
}

/// Everything the analyst can do, as values: undo, the study's log, replay and tests are one mechanism.
package enum Action: Sendable, Equatable, Codable {
    case show(Screen)
    case move(Int)
    /// Puts the cursor on a row of the screen's list, as a click does.
    case focus(row: Int)
    case jump(toEnd: Bool)
    case turn(steps: Int)
    case set(Knob, Double)
    case reset
    case addCandidate
    case pin
    case holdLimits
    case cycleEstimator
    case undo
    case redo
    /// Undoes so many steps; redoes where negative.
    case rewind(Int)
    case search
    case cancel
    case togglePick
    case pickBest(Int)
    case focusBestInLimits
    case tune
    case hideCandidate
    case cycleAxis(vertical: Bool)
    case cycleArm(Int)
    case cycleOutcome(Int)
    case toggleNode
    case showCohortsOfNode
    case cyclePane
    case sort
    case cohorts(CohortAction)
    case front(FrontAction)
    /// Judges the usual learners, or every one.
    case judge(all: Bool)
    /// Searches settings of the study's learner.
    case searchSettings
    /// Searches the subgroups of the focused arm and outcome.
    case searchSubgroups
    case setReference([String: Double]?)
    case note(String)
    case filter(String)
    case export(path: String)
    case report(path: String)
    case copy
    case help
    case palette
    case history
    case themes
    case theme(String)
    case toggleMouse
    case prompt(Prompt)
    case dismiss
    case quit

    /// What a line at the bottom asks for.
    package enum Prompt: Sendable, Equatable, Codable {
        case value(Knob)
        case pickCount
        case exportPath
        case reportPath
        case filter
        case drill
        case cohortsPath
        case reference
        case note
    }

    /// Whether it belongs in the study's log: whatever changes what is decided or looked at does, so that a replay ends in
    /// the same frame; what concerns this terminal alone does not.
    package var isLogged: Bool {
        switch self {
        case .cancel, .copy, .help, .palette, .history, .themes, .theme, .toggleMouse, .prompt, .quit: false
        default: true
        }
    }
}
