import ArgumentParser
import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Texts
import WarehouseSums

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the health of an experiment; exit 1 on a blocking finding that the spec does not accept.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case findings, balance, effects, attrition
    }

    @Argument(help: "The experiment's spec.", completion: .spec)
    var spec: String
    @Option(name: .long, help: "What a table or csv holds: findings, balance, effects or attrition; json holds all.")
    var show = Part.findings
    @Option(
        name: .long, help: "Units of the effects: tune, confirm or all.",
        completion: .list(["tune", "confirm", "all"]))
    var split = EvaluationSplit.tune.rawValue
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let split = EvaluationSplit(rawValue: split) else {
            throw EspalierError(.usage, "there is no split \(split)", remedy: "choose tune, confirm or all")
        }
        if try ExperimentSpec.read(at: spec).engine != nil { return try checkWarehouse(split) }
        let reading = try Experiment.read(specPath: spec, context: common.context)
        let experiment = reading.experiment
        let health = try HealthReport.examine(reading, workers: common.workers)
        let units = split.units(tuneCount: experiment.tuneCount, unitCount: experiment.unitCount)
        guard !units.isEmpty || split == .tune else {
            throw EspalierError(
                .usage, "the \(split.rawValue) split holds no units", file: spec,
                remedy: "set splits: confirm above 0, or ask for tune")
        }
        var effects = EffectRows(experiment, plain: [], adjusted: [])
        var onTune: [AdjustedEffect] = []
        var levels: [HealthFinding] = []
        var attrition: [AttritionEffect] = []
        // Where nothing can be estimated there is still something to say.
        if !health.findings.contains(where: { $0.preventsFit && $0.check != .duplicateUnits }) {
            func estimate(_ units: Range<Int>) throws -> EffectRows {
                let plain = AverageEffect.estimate(experiment, over: units)
                return EffectRows(
                    experiment, plain: plain,
                    adjusted: try AdjustedEffect.estimate(
                        experiment, over: units, plain: plain, context: common.context))
            }
            effects = try estimate(units)
            onTune = split == .tune ? effects.adjusted : try estimate(experiment.tune).adjusted
            levels = LevelEffects.findings(AverageEffect.estimate(experiment, over: experiment.tune), experiment)
            if let everyone = reading.everyone {
                attrition = try AttritionEffect.estimate(
                    reading.observed, everyone: everyone, context: common.context)
            }
        }
        let report = health.adding(AdjustedEffect.findings(onTune, experiment) + levels)
        ProgressLine.clear()
        switch format.format {
        case .json:
            try Output.write(
                json: CheckDocument(
                    findings: report.findings, balance: report.balance, effects: effects.rows,
                    effectsSplit: split.rawValue, effectsUnits: units.count,
                    attrition: AttritionText.rows(attrition, experiment), caveats: experiment.caveats))
        case .table, .csv:
            let what =
                "\(split.rawValue) units: \(NumberText.grouped(units.count)) of "
                + "\(NumberText.grouped(experiment.unitCount))\n"
            try Output.write(text(report, effects, attrition, experiment, what: what))
        }
        if report.isBlocking { throw ExitCode(1) }
    }

    /// The same of units that stay in an engine: effects are plain means and those adjusted by values before exposure, and nothing is
    /// said of drop-out.
    private func checkWarehouse(_ split: EvaluationSplit) throws {
        let warehouse = try WarehouseExperiment.read(
            spec: ExperimentSpec.read(at: spec), folder: DataFile.folder(ofFile: spec), context: common.context)
        let group: UnitGroup =
            switch split {
            case .tune: .tune
            case .confirm: .confirm
            case .all: .everyone
            }
        let units =
            switch split {
            case .tune: warehouse.tuneCount
            case .confirm: warehouse.confirmCount
            case .all: warehouse.unitCount
            }
        guard units > 0 || split == .tune else {
            throw EspalierError(
                .usage, "the \(split.rawValue) split holds no units", file: spec,
                remedy: "set splits: confirm above 0, or ask for tune")
        }
        var sums = warehouse.sums
        let request = AverageEffect.request(warehouse.outline, over: group)
        let sample = warehouse.sample.experiment
        let answer = try sums.answer(request, context: common.context)
        let plain = AverageEffect.estimate(warehouse.outline, from: answer)
        let adjusted = try warehouse.adjustedEffects(over: group, answer, plain: plain, context: common.context)
        let effects = EffectRows(sample, plain: plain, adjusted: adjusted)
        ProgressLine.clear()
        switch format.format {
        case .json:
            try Output.write(
                json: CheckDocument(
                    findings: warehouse.health.findings, balance: warehouse.health.balance, effects: effects.rows,
                    effectsSplit: split.rawValue, effectsUnits: units, attrition: [], caveats: sample.caveats))
        case .table, .csv:
            let what =
                "\(split.rawValue) units: \(NumberText.grouped(units)) of \(NumberText.grouped(warehouse.unitCount))\n"
            try Output.write(text(warehouse.health, effects, [], sample, what: what))
        }
        if warehouse.health.isBlocking { throw ExitCode(1) }
    }

    /// - Parameter what: which units the effects are of.
    private func text(
        _ report: HealthReport, _ effects: EffectRows, _ attrition: [AttritionEffect], _ experiment: Experiment,
        what: String
    ) -> String {
        switch show {
        case .findings:
            var table = TextTable(["check", "verdict", "finding", "remedy"], textColumns: [0, 1, 2, 3])
            table.rows = report.findings.map {
                [$0.check.rawValue, $0.severity.rawValue, $0.sentence, $0.remedy ?? ""]
            }
            let sample = experiment.sampled.map { [$0] } ?? []
            return table.text(format.format) + (format.format == .table ? Caveats.text(sample) : "")
        case .attrition: return AttritionText.text(attrition, experiment, format.format)
        case .balance: return BalanceText.text(report.balance, format.format)
        case .effects:
            return effects.text(format.format)
                + (format.format == .table ? "\n" + what + Caveats.text(experiment.caveats) : "")
        }
    }
}

/// JSON of `check`.
private struct CheckDocument: Encodable {
    let findings: [HealthFinding]
    let balance: BalanceReport?
    let effects: [EffectRows.Row]
    /// The units that the effects are of.
    let effectsSplit: String
    let effectsUnits: Int
    /// Where units were left out for a missing outcome.
    let attrition: [AttritionText.Row]
    let caveats: [String]
}
