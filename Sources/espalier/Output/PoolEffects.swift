import Experiments
import Foundation
import Pooling
import Runtime
import Studies

/// The effects that a pool gives new units, in the lines of `effects` on a study; a pool has no intervals.
struct PoolEffects {
    let path: String
    let experiment: String?
    let arms: [String]
    let outcomes: [String]

    func stream(of units: String?, context: RunContext, write: (Data) throws -> Void) throws {
        let file = try PoolFile.read(path)
        let shape = file.fit.model.shape
        guard let experiment else {
            throw EspalierError(
                .usage, "a pool has many experiments", file: path, remedy: "name one of them with --experiment")
        }
        let place = try KnobOptions.index(experiment, in: shape.experiments.map(\.name), "experiment")
        guard let units else {
            throw EspalierError(
                .usage, "a pool keeps no units", file: path, remedy: "name the data of those to score with --units")
        }
        let entry = shape.experiments[place]
        let names = entry.outcomes.map { shape.outcomes[$0] }
        let wantedArms = try arms.map { try KnobOptions.index($0, in: entry.arms, "arm") }
        if let control = wantedArms.firstIndex(of: 0) {
            throw EspalierError(
                .usage, "\(arms[control]) is the control, which effects are compared with", remedy: "name another arm")
        }
        let wantedOutcomes = try outcomes.map { try KnobOptions.index($0, in: names, "outcome") }
        let source = CovariateSource(
            path: units, unit: file.sources[place].unit,
            covariates: file.fit.model.embedding.covariates.map {
                CovariateSource.Column(name: $0.name, encoding: $0.encoding)
            })
        let costs = file.sources[place].armCosts
        let style = OutputStyle.current
        try write(EffectLines.header)
        let notes = try source.stream(context: context) { table in
            let effects = file.fit.model.effects(
                experiment: place, columns: table.covariates.map(\.values), rows: table.count)
            var text = ""
            for unit in 0..<table.count {
                for arm in wantedArms.isEmpty ? Array(1..<entry.arms.count) : wantedArms {
                    for slot in wantedOutcomes.isEmpty ? Array(names.indices) : wantedOutcomes {
                        let effect =
                            effects[(arm - 1) * names.count + slot][unit] - (costs[arm][slot] - costs[0][slot])
                        text += style.field(table.ids.texts[unit]) + "," + style.field(entry.arms[arm]) + ","
                        text += style.field(names[slot]) + ",\(effect),,\n"
                    }
                }
            }
            try write(Data(text.utf8))
        }
        for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
    }
}
