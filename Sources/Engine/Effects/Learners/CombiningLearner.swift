import Experiments
import Runtime

/// A learner made of others: given what these found, it fits no model of its own.
package protocol CombiningLearner: Learner {
    /// Each once, by the names under which they may have been fitted already.
    func members(_ data: TrainingData) -> [NamedLearner]

    /// - Parameter fitted: what the members of these data found on the same data and nuisances, in their order.
    /// - Throws: `CancellationError`.
    func combine(
        _ fitted: [LearnedEffects], _ data: TrainingData, nuisances: Nuisances, context: RunContext
    ) throws -> LearnedEffects
}

extension CombiningLearner {
    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        try combine(
            members(data).map { try $0.learner.effects(data, nuisances: nuisances, context: context) }, data,
            nuisances: nuisances, context: context)
    }
}

extension [NamedLearner] {
    /// What each found, in their order; a learner that is also a member of another is fitted once. Names stand for learners: two
    /// of one name are one.
    /// - Parameter step: called before each of them is fitted.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package func effects(
        _ data: TrainingData, nuisances: Nuisances, context: RunContext, step: (NamedLearner) -> Void = { _ in }
    ) throws -> [LearnedEffects] {
        var found: [String: LearnedEffects] = [:]
        func fit(_ named: NamedLearner) throws -> LearnedEffects {
            if let known = found[named.name] { return known }
            let own: LearnedEffects
            if let combining = named.learner as? any CombiningLearner {
                own = try combining.combine(
                    combining.members(data).map(fit), data, nuisances: nuisances, context: context)
            } else {
                own = try named.learner.effects(data, nuisances: nuisances, context: context)
            }
            found[named.name] = own
            return own
        }
        return try map { named in
            step(named)
            return try fit(named)
        }
    }
}
