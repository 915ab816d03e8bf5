import ArgumentParser
import Experiments
import Foundation
import Runtime
import Studies

struct EffectsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effects",
        abstract: "Print the estimated effects for each unit as CSV: unit,arm,outcome,effect,low,high.")

    @Argument(help: "The study, or a pool.", completion: .study)
    var study: String
    @Option(name: .long, help: "Of this arm only; repeat for more; default: every arm but control.", completion: .arms)
    var arm: [String] = []
    @Option(name: .long, help: "On this outcome only; repeat for more; default: all.", completion: .outcomes)
    var outcome: [String] = []
    @Option(name: .long, help: "The experiment of a pool.")
    var experiment: String?
    @Option(
        name: .long, help: "New units to be scored: csv, csv.gz, tsv, jsonl or parquet; - reads standard input.",
        completion: .data)
    var units: String?
    @OptionGroup var destination: DestinationOption
    @OptionGroup var spreadsheet: SpreadsheetOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        if PoolFile.isPool(study) {
            let effects = PoolEffects(path: study, experiment: experiment, arms: arm, outcomes: outcome)
            return try Output.stream(columns: EffectLines.columns, context: common.context) {
                try effects.stream(of: units, context: common.context, write: $0)
            }
        }
        if let experiment, FileManager.default.fileExists(atPath: study) {
            throw EspalierError(
                .usage, "--experiment \(experiment) goes with a pool, and this is a study", file: study,
                remedy: "leave it out")
        }
        let study = try CommandStudy.open(study)
        let space = study.space
        let arms = try arm.map { try KnobOptions.index($0, in: space.arms, "arm") }
        if let control = arms.firstIndex(of: 0) {
            throw EspalierError(
                .usage, "\(arm[control]) is the control, which effects are compared with", remedy: "name another arm")
        }
        let outcomes = try outcome.map { try KnobOptions.index($0, in: space.outcomes.map(\.name), "outcome") }
        let lines = EffectLines(
            study, arms: arms.isEmpty ? Array(1..<space.armCount) : arms,
            outcomes: outcomes.isEmpty ? Array(space.outcomes.indices) : outcomes)
        let context = common.context
        try Output.stream(columns: EffectLines.columns, context: context) { write in
            try write(EffectLines.header)
            if let units {
                let notes = try study.streamEffects(of: units, context: context) {
                    try write(lines.lines(of: $0, $1))
                }
                for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
            } else {
                let own = try study.ownEffects(context: context)
                let rows = try StudyRows(study, context: context)
                for start in stride(from: 0, to: rows.units.count, by: 4096) {
                    let part = start..<min(start + 4096, rows.units.count)
                    try write(
                        lines.lines(
                            of: part.map { rows.ids[$0] }, own.gathered(part.map { rows.units[$0] })))
                }
            }
        }
    }
}
