import Experiments

/// What the cursor of the Experiment screen can stand on.
enum ExperimentRows {
    static func count(_ state: WorkbenchState) -> Int {
        switch state.experimentPane {
        case .effects: state.description?.averageEffects.count ?? 0
        case .balance: state.description?.covariates.count ?? 0
        case .checks: state.health?.findings.count ?? 0
        }
    }

    /// The worst first.
    static func findings(_ health: HealthReport) -> [HealthFinding] {
        health.findings.enumerated().sorted { a, b in
            a.element.severity != b.element.severity ? a.element.severity > b.element.severity : a.offset < b.offset
        }.map(\.element)
    }
}
