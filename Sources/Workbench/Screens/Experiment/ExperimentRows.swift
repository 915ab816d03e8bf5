import Effects
import Experiments
import Studies

/// The rows of the Experiment screen's panes, in their order and as filtered.
enum ExperimentRows {
    /// Of the pane with the cursor.
    static func count(_ state: WorkbenchState) -> Int {
        switch state.experiment.pane {
        case .effects: state.facts.description.map { averages(state, $0).count } ?? 0
        case .balance: state.facts.health?.balance.map { covariates(state, $0).count } ?? 0
        case .checks: state.facts.health.map { findings(state, $0).count } ?? 0
        }
    }

    /// By outcome, so that one scale serves neighbouring rows.
    static func averages(_ state: WorkbenchState, _ description: StudyDescription) -> [AverageEffect] {
        let space = description.space
        return space.outcomes.indices.flatMap { j in
            description.averageEffects.filter {
                $0.outcome == j && passes(state, .effects, "\(space.outcomes[j].name) \(space.arms[$0.arm])")
            }
        }
    }

    /// The largest difference between arms first.
    static func covariates(_ state: WorkbenchState, _ balance: BalanceReport) -> [CovariateBalance] {
        balance.covariates.filter { passes(state, .balance, label($0)) }.sorted { $0.largest > $1.largest }
    }

    /// "segment: daily" where a level differs most.
    static func label(_ covariate: CovariateBalance) -> String {
        covariate.name + (covariate.level.map { ": \($0)" } ?? "")
    }

    /// The worst first.
    static func findings(_ state: WorkbenchState, _ health: HealthReport) -> [HealthFinding] {
        findings(health).filter { passes(state, .checks, "\($0.check.rawValue) \($0.sentence)") }
    }

    /// All of them, the worst first.
    static func findings(_ health: HealthReport) -> [HealthFinding] {
        health.findings.enumerated().sorted { a, b in
            a.element.severity != b.element.severity ? a.element.severity > b.element.severity : a.offset < b.offset
        }.map(\.element)
    }

    /// The words are meant for the pane with the cursor alone.
    private static func passes(_ state: WorkbenchState, _ pane: ExperimentPane, _ text: String) -> Bool {
        state.experiment.pane != pane || state.passesFilter(of: .experiment, text)
    }
}
