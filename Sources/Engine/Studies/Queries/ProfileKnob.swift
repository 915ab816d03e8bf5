import Policies
import Runtime

/// Every outcome along one knob, the others as they are, on tune.
package struct ProfileKnob: StudyQuery {
    package static let needsUnits = false

    package let knob: Knob
    package let knobs: PolicyKnobs
    package let estimator: Estimator

    package init(_ knob: Knob, from knobs: PolicyKnobs, by estimator: Estimator) {
        self.knob = knob
        self.knobs = knobs
        self.estimator = estimator
    }

    package func run(_ study: Study, _ context: RunContext) throws -> ParameterProfile {
        let evaluator = try study.workspace.evaluator(.tune, estimator, workers: context.workers)
        return ParameterProfile(
            of: knob, from: knobs, grid: study.workspace.grids[knob].values, evaluator: evaluator)
    }
}
