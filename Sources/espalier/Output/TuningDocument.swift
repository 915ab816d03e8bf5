import Effects
import Experiments

/// The search as JSON.
struct TuningDocument: Encodable {
    struct Entry: Encodable {
        let trial: Int
        let score: Double
        let gain: Double?
        let standardError: Double?
        let settings: BoostingSpec
    }

    let learner: String
    let part: String
    let seed: UInt64
    let trials: [Entry]

    init(_ tuning: HyperparameterSearch) {
        learner = tuning.learner.name
        part = tuning.part.rawValue
        seed = tuning.seed
        trials = tuning.trials.map {
            Entry(
                trial: $0.number, score: $0.score, gain: $0.gain?.value, standardError: $0.gain?.standardError,
                settings: $0.settings)
        }
    }
}
