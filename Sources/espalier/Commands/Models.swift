import ArgumentParser
import Effects
import Experiments
import Foundation
import Runtime
import Studies

struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Judge learners on units they never saw: risks, calibration, ranking, and whether effects differ at all.",
        discussion: """
            R-score: by how much a learner lowers the tau-risk of the constant effect. Slope: 1 is calibrated, below 1 overstates
            differences. AUTOC and Qini: 0 for a ranking that knows nothing. Statistic: standard normal when effects do not
            differ. On a study the report is kept in it; it is computed anew when --learners is given, and otherwise shown as kept.
            """)

    @Argument(help: "A study, or a spec.", completion: .file())
    var file: String
    @Option(name: .long, help: "Learners to judge, as t,x,r,dr; the constant effect is always judged beside them.")
    var learners: String?
    @Option(
        name: .long,
        help:
            "Which figures: judgements; projection (the effects' linear projection, with intervals); intervals (of units, by learners that give them); settings (those tried by `espalier tune` on the study)."
    )
    var view = ModelsView.judgements
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        if view == .settings { return try writeSettings() }
        let report = try InputFile.kind(file) == .spec ? ofSpec() : ofStudy()
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: report)
        case .table, .csv: try Output.write(ModelReportText.text(report, view, format.format))
        }
    }

    private func writeSettings() throws {
        guard InputFile.kind(file) == .study, let tuning = try CommandStudy.open(file).file.hyperparameters() else {
            throw EspalierError(
                .usage, "no settings were tried on this study", file: file, remedy: "run `espalier tune STUDY` first")
        }
        switch format.format {
        case .json: try Output.write(json: HyperparametersDocument(tuning))
        case .table, .csv: try Output.write(HyperparametersText.text(tuning, format.format))
        }
    }

    private func ofStudy() throws -> ModelReport {
        let study = try CommandStudy.open(file)
        if learners == nil, let kept = try study.file.modelReport() { return kept }
        return try study.perform(learners.map { ValidateLearners($0) } ?? .usual, common.context)
    }

    private func ofSpec() throws -> ModelReport {
        let spec = try ExperimentSpec.read(at: file)
        let chosen =
            try learners.map { try LearnerSpec.list($0, own: spec.effects.learner) }
            ?? LearnerSpec.judged(with: spec.effects.learner)
        let reading = try Experiment.read(specPath: file, context: common.context)
        let health = try HealthReport.examine(reading, workers: common.workers)
        if let refusal = health.fitRefusal(file: file) { throw refusal }
        return try LearnerValidation.run(reading.experiment, learners: chosen, context: common.context)
    }
}

/// What of a report on learners is printed.
enum ModelsView: String, ExpressibleByArgument, CaseIterable {
    case judgements, projection, intervals, settings
}
