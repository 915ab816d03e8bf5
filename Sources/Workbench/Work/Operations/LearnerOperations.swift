import Effects
import Studies

extension WorkKind {
    static let validation = WorkKind("validation", rank: 3)
    static let hyperparameters = WorkKind("hyperparameters", rank: 4)
}

extension ValidateLearners: WorkbenchOperation {
    package static var work: WorkKind { .validation }

    package func take(_ report: ModelReport, in state: inout WorkbenchState) -> [Work] {
        ModelsReducer.take(report, setsStart: true, in: &state)
    }
}

extension SearchHyperparameters: WorkbenchOperation {
    package static var work: WorkKind { .hyperparameters }

    package func take(_ found: HyperparameterSearch, in state: inout WorkbenchState) -> [Work] {
        state.hyperparameters = found
        state.modelsPane = .settings
        state.message = found.sentence
        return []
    }
}
