import Effects
import Experiments
import Runtime
import Statistics

/// What should be known of how experiments go together.
package enum PoolNotes {
    /// Standardised differences from the pool beyond which a covariate has drifted.
    private static let drift = 0.5
    /// Ratios of the scales of one outcome beyond which it hardly is the same one.
    static let scaleRatio = 10.0

    static func find(_ experiments: [PooledExperiment], inputs: Embedding, left: [String]) -> [String] {
        var notes: [String] = []
        if !left.isEmpty {
            notes.append(
                "left out, as not every experiment has \(left.count == 1 ? "it" : "them"): "
                    + left.joined(separator: ", "))
        }
        for experiment in experiments {
            let units = Double(max(1, experiment.unitCount))
            let width = inputs.inputs.count
            var means = [Double](repeating: 0, count: width)
            for (place, value) in experiment.features.enumerated() { means[place % width] += Double(value) / units }
            if let sentence = sentence(means, inputs, name: experiment.name) { notes.append(sentence) }
        }
        var scales: [String: [(scale: Double, name: String)]] = [:]
        for experiment in experiments {
            for (name, scale) in zip(experiment.outcomes, experiment.scales) {
                scales[name, default: []].append((scale, experiment.name))
            }
        }
        for (name, own) in scales.sorted(by: { $0.key < $1.key }) {
            guard let least = own.min(by: { $0.scale < $1.scale }), let most = own.max(by: { $0.scale < $1.scale }),
                most.scale > scaleRatio * least.scale
            else { continue }
            notes.append(
                "the outcome \(name) varies \(Int((most.scale / least.scale).rounded())) times as much in \(most.name) as in "
                    + "\(least.name): is it the same?")
        }
        return notes
    }

    /// Whether the covariates of an experiment lie elsewhere than those of a pool.
    /// - Parameter embedding: the pool's, bound to the experiment's covariates.
    package static func drift(of experiment: Experiment, from embedding: Embedding) -> String? {
        let columns = experiment.covariates.map(\.values)
        let width = embedding.inputs.count
        var means = [Double](repeating: 0, count: width)
        for start in stride(from: 0, to: experiment.unitCount, by: 4096) {
            let rows = Array(start..<min(start + 4096, experiment.unitCount))
            for (place, value) in embedding.standardised(columns, rows: rows).enumerated() {
                means[place % width] += Double(value) / Double(experiment.unitCount)
            }
        }
        return sentence(means, embedding, name: experiment.spec.name)
    }

    /// How the sentence on an experiment's covariates begins.
    static func driftPrefix(_ name: String) -> String { "the units of \(name) differ from the pool's:" }

    private static func sentence(_ means: [Double], _ inputs: Embedding, name: String) -> String? {
        let far = means.indices.filter { abs(means[$0]) > drift }
        guard let worst = far.max(by: { abs(means[$0]) < abs(means[$1]) }) else { return nil }
        let covariate = inputs.covariates[inputs.inputs[worst].covariate].name
        let size = (abs(means[worst]) * 10).rounded() / 10
        let others = Set(far.map { inputs.inputs[$0].covariate }).count - 1
        return driftPrefix(name) + " \(covariate) by \(size) standard deviations"
            + (others > 0
                ? ", and \(others) other \(others == 1 ? "covariate" : "covariates") by more than \(drift)" : "")
    }
}
