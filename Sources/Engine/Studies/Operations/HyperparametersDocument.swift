import Effects
import Experiments

/// The search as JSON.
package struct HyperparametersDocument: Encodable {
    package struct Entry: Encodable {
        let trial: Int
        let score: Double
        let gain: Double?
        let standardError: Double?
        let settings: BoostingSpec
    }

    package let learner: String
    package let part: String
    package let seed: UInt64
    package let trials: [Entry]

    package init(_ search: HyperparameterSearch) {
        learner = search.learner
        part = search.part.rawValue
        seed = search.seed
        trials = search.trials.map {
            Entry(
                trial: $0.number, score: $0.score, gain: $0.gain?.value, standardError: $0.gain?.standardError,
                settings: $0.settings)
        }
    }
}
