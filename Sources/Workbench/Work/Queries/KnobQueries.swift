import Policies
import Runtime
import Studies

extension WorkKind {
    static let evaluation = WorkKind("evaluation")
    static let pins = WorkKind("pins")
    static let profile = WorkKind("profile")
}

/// The evaluation of the present knobs.
package struct EvaluatePresent: WorkbenchQuery {
    package let knobs: PolicyKnobs
    package let estimator: Estimator

    package static var work: WorkKind { .evaluation }

    package init(knobs: PolicyKnobs, estimator: Estimator) {
        self.knobs = knobs
        self.estimator = estimator
    }

    package func run(_ study: Study, _ context: RunContext) throws -> PolicyEvaluation {
        try study.answer(EvaluateKnobs([knobs], by: estimator), context)[0]
    }

    package func take(_ evaluation: PolicyEvaluation, in state: inout WorkbenchState) -> [Work] {
        guard knobs == state.decisions.knobs, estimator == state.estimator else { return [] }
        state.evaluation = evaluation
        state.evaluationIsStale = false
        return state.cohortGains?.knobs == knobs ? [] : [.query(GainByGroup(of: knobs, in: state.drillDown))]
    }
}

/// The evaluations of pinned policies.
struct EvaluatePins: WorkbenchQuery {
    let pins: [PolicyKnobs]
    let estimator: Estimator

    static var work: WorkKind { .pins }
    static var isReplaceable: Bool { false }

    func run(_ study: Study, _ context: RunContext) throws -> [PolicyEvaluation] {
        try study.answer(EvaluateKnobs(pins, by: estimator), context)
    }

    func take(_ evaluations: [PolicyEvaluation], in state: inout WorkbenchState) -> [Work] {
        guard estimator == state.estimator else { return [] }
        for (pin, evaluation) in zip(pins, evaluations) { state.pinEvaluations[pin] = evaluation }
        return []
    }
}

extension EvaluateArms: WorkbenchQuery {
    package static var work: WorkKind { .pins }
    package static var isReplaceable: Bool { false }

    package func take(_ evaluations: [PolicyEvaluation], in state: inout WorkbenchState) -> [Work] {
        state.armEvaluations = evaluations
        return []
    }
}

extension ProfileKnob: WorkbenchQuery {
    package static var work: WorkKind { .profile }

    package func take(_ profile: ParameterProfile, in state: inout WorkbenchState) -> [Work] {
        guard knob == state.knob, estimator == state.estimator else { return [] }
        state.profile = profile
        state.profileOrigin = WorkbenchState.ProfileOrigin(knobs: knobs, estimator: estimator)
        state.profileIsStale = false
        return []
    }
}
