import Experiments
import Foundation

extension HyperparameterSearch {
    /// What came out, in one sentence without its full stop.
    package var sentence: String {
        guard let best = trials.first, best.number > 0, let gain = best.gain else {
            return "nothing beats the defaults of \(learner): keep them"
        }
        let text = String(format: "%.2g ± %.2g", gain.value, gain.halfWidth)
        return gain.interval.low > 0
            ? "trial \(best.number) gains \(text) of R-score over the defaults, on the units that chose it"
            : "trial \(best.number) gains \(text) of R-score over the defaults, which may be chance"
    }

    /// What to write into the spec to use the best trial, a line each; nil where the defaults are best.
    package var specLines: [String]? {
        guard let best = trials.first, best.number > 0 else { return nil }
        let settings = BoostingSpec.keys.compactMap { key in best.settings.texts[key].map { "\(key): \($0)" } }
        return [
            "effects:", "  learner: \(learner)", "  \(part.rawValue): {\(settings.joined(separator: ", "))}",
        ]
    }
}

extension BoostingSpec {
    /// As the spec spells them.
    package static let keys = [
        "rounds", "depth", "learningRate", "lambda", "minimumChildWeight", "subsample", "columnSample", "patience",
    ]

    /// What is set, as the spec would write it.
    package var texts: [String: String] {
        let numbers: [(String, Double?)] = [
            ("rounds", rounds.map(Double.init)), ("depth", depth.map(Double.init)), ("learningRate", learningRate),
            ("lambda", lambda), ("minimumChildWeight", minimumChildWeight), ("subsample", subsample),
            ("columnSample", columnSample), ("patience", patience.map(Double.init)),
        ]
        var result: [String: String] = [:]
        for (key, number) in numbers {
            guard let number else { continue }
            result[key] = number == number.rounded() ? "\(Int(number))" : "\(number)"
        }
        return result
    }
}
