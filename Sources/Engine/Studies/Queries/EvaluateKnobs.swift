import Policies
import Runtime

/// What policies would have done, on tune.
package struct EvaluateKnobs: StudyQuery {
    package static let needsUnits = false

    package let knobs: [PolicyKnobs]
    package let estimator: Estimator

    package init(_ knobs: [PolicyKnobs], by estimator: Estimator) {
        self.knobs = knobs
        self.estimator = estimator
    }

    /// An evaluation for each of the knobs.
    package func run(_ study: Study, _ context: RunContext) throws -> [PolicyEvaluation] {
        let evaluator = try study.workspace.evaluator(.tune, estimator, workers: context.workers)
        return knobs.map { evaluator.evaluate($0) }
    }
}

/// What giving everybody one arm would have done, on tune, for every arm.
package struct EvaluateArms: StudyQuery {
    package static let needsUnits = false

    package init() {}

    package func run(_ study: Study, _ context: RunContext) throws -> [PolicyEvaluation] {
        let evaluator = try study.workspace.evaluator(workers: context.workers)
        let weights = PolicyKnobs.start(in: study.space).weights
        return (0..<study.space.armCount).map {
            evaluator.evaluate(.everyone(arm: $0, in: study.space), weights: weights)
        }
    }
}
