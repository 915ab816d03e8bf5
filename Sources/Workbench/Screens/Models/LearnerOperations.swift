import Effects
import Studies

extension WorkKind {
    static let validation = WorkKind("validation", rank: 3)
    static let hyperparameters = WorkKind("hyperparameters", rank: 4)
}

extension ResultKey where Value == ModelReport? {
    /// The learners judged on the study's experiment; nil until they were.
    package static var modelReport: ResultKey { ResultKey("model report") }
}

extension ResultKey where Value == HyperparameterSearch? {
    /// The settings of the study's learner that were tried; nil until they were.
    package static var hyperparameters: ResultKey { ResultKey("hyperparameters") }
}

extension ValidateLearners: WorkbenchOperation {
    package static var work: WorkKind { .validation }

    package func take(_ report: ModelReport, in state: inout WorkbenchState) -> [Work] {
        ModelReports.take(report, setsStart: true, in: &state)
    }
}

extension SearchHyperparameters: WorkbenchOperation {
    package static var work: WorkKind { .hyperparameters }

    package func take(_ found: HyperparameterSearch, in state: inout WorkbenchState) -> [Work] {
        state.results[.hyperparameters] = found
        state.models.pane = .settings
        state.message = found.sentence
        return []
    }
}
