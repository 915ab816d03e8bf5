import Policies
import Runtime
import Studies

extension WorkKind {
    static let profileSample = WorkKind("profileSample")
    static let evaluation = WorkKind("evaluation")
    static let pins = WorkKind("pins")
    static let profile = WorkKind("profile")
}

extension ResultKey where Value == PolicyEvaluation? {
    /// Of the present knobs.
    package static var evaluation: ResultKey { ResultKey("evaluation") }
}

extension ResultKey where Value == PinEvaluations {
    package static var pins: ResultKey { ResultKey("pins", initial: PinEvaluations()) }
}

extension ResultKey where Value == ParameterProfile? {
    /// Every outcome along the focused knob.
    package static var profile: ResultKey { ResultKey("profile") }
}

extension ResultKey where Value == ParameterProfile? {
    /// The same from a sample of the units, until all of them are counted.
    package static var profileSample: ResultKey { ResultKey("profileSample") }
}

/// The pinned policies by one estimator.
package struct PinEvaluations: Sendable, Equatable {
    var estimator: Estimator
    var known: [PolicyKnobs: PolicyEvaluation]

    package init(by estimator: Estimator = .dr, _ known: [PolicyKnobs: PolicyEvaluation] = [:]) {
        self.estimator = estimator
        self.known = known
    }
}

extension WorkbenchState {
    /// A pinned policy by the present estimator; nil until it is known.
    package func pinEvaluation(_ pin: PolicyKnobs) -> PolicyEvaluation? {
        // The policy that has just been pinned is the one that is shown.
        if let own = results[.evaluation], results.holds(.evaluation, from: KnobInputs(pin, estimator)) { return own }
        return results[.pins].estimator == estimator ? results[.pins].known[pin] : nil
    }

    package var pinnedEvaluation: PolicyEvaluation? { decisions.pinned.flatMap { pinEvaluation($0) } }
}

/// What an evaluation depends on.
package struct KnobInputs: Sendable, Equatable {
    let knobs: PolicyKnobs
    let estimator: Estimator

    init(_ knobs: PolicyKnobs, _ estimator: Estimator) {
        self.knobs = knobs
        self.estimator = estimator
    }
}

/// The evaluation of the present knobs.
package struct EvaluatePresent: DerivedQuery {
    package static let needsUnits = false
    package let knobs: PolicyKnobs
    package let estimator: Estimator

    package static var work: WorkKind { .evaluation }
    package static var isUrgent: Bool { true }

    package var inputs: KnobInputs { KnobInputs(knobs, estimator) }

    package init(knobs: PolicyKnobs, estimator: Estimator) {
        self.knobs = knobs
        self.estimator = estimator
    }

    package func run(_ study: Study, _ context: RunContext) throws -> PolicyEvaluation {
        try study.answer(EvaluateKnobs([knobs], by: estimator), context)[0]
    }

    package func take(_ evaluation: PolicyEvaluation, in state: inout WorkbenchState) -> [Work] {
        state.results.take(evaluation, as: .evaluation, from: inputs)
        return []
    }
}

/// The evaluations of pinned policies.
struct EvaluatePins: DerivedQuery {
    static let needsUnits = false
    struct Inputs: Sendable, Equatable {
        let pins: [PolicyKnobs]
        let estimator: Estimator
    }

    let pins: [PolicyKnobs]
    let estimator: Estimator

    static var work: WorkKind { .pins }
    static var isReplaceable: Bool { false }

    var inputs: Inputs { Inputs(pins: pins, estimator: estimator) }

    func run(_ study: Study, _ context: RunContext) throws -> [PolicyEvaluation] {
        try study.answer(EvaluateKnobs(pins, by: estimator), context)
    }

    func take(_ evaluations: [PolicyEvaluation], in state: inout WorkbenchState) -> [Work] {
        guard estimator == state.estimator else { return [] }
        var pinned = state.results[.pins]
        if pinned.estimator != estimator { pinned.known = [:] }
        pinned.estimator = estimator
        for (pin, evaluation) in zip(pins, evaluations) { pinned.known[pin] = evaluation }
        state.results[.pins] = pinned
        return []
    }
}

extension ProfileKnob: DerivedQuery {
    /// Turning the knob does not move its own curve.
    package struct Inputs: Sendable, Equatable {
        let knob: Knob
        let others: KnobInputs
    }

    package static var work: WorkKind { .profile }

    package var inputs: Inputs {
        var others = knobs
        others[knob] = 0
        return Inputs(knob: knob, others: KnobInputs(others, estimator))
    }

    package func take(_ profile: ParameterProfile, in state: inout WorkbenchState) -> [Work] {
        state.results.take(profile, as: .profile, from: inputs)
        return []
    }
}

extension SampleKnob: DerivedQuery {
    package static var work: WorkKind { .profileSample }
    package static var isUrgent: Bool { true }

    package var inputs: ProfileKnob.Inputs { exact.inputs }

    package func take(_ profile: ParameterProfile, in state: inout WorkbenchState) -> [Work] {
        state.results.take(profile, as: .profileSample, from: inputs)
        return []
    }
}
