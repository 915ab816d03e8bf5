import ArgumentParser
import Effects
import Experiments
import Foundation
import Runtime
import Texts

struct Advise: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which family of methods is likely to serve an experiment, and why.",
        discussion: """
            On a spec, size and noise are read from its tune units, and the difference that matters is taken to be as large as the
            largest average effect unless --effect says otherwise. For an experiment still to be run give --units, --arms and
            --covariates; --confirm of the units are kept back; without --noise effects are in standard deviations of the outcome.
            Figures of 80% power are simulated; rules of thumb stand in a column of their own. On a study the laboratory's answer
            is told, too, where one is kept: which way of allocating serves on experiments like it.
            """)

    @Argument(help: "The experiment's spec, or a study of it.", completion: .spec)
    var spec: String?
    @Option(name: .long, help: "Units of the experiment.")
    var units: Int?
    @Option(name: .long, help: "Arms, control included, of equal shares.")
    var arms: Int?
    @Option(name: .long, help: "Covariates; a categorical one counts once per level.")
    var covariates: Int?
    @Option(name: .long, help: "Share of the units that is kept to confirm on: no method sees it.")
    var confirm = SplitSpec().confirm
    @Option(name: .long, help: "Folds that learners are trained by.")
    var folds = SplitSpec().folds
    @Option(name: .long, help: "The difference between the effects of two halves of the units that would matter.")
    var effect: Double?
    @Option(name: .long, help: "Standard deviation of the outcome inside an arm.")
    var noise: Double?
    @Option(name: .long, help: "The outcome of the spec; default: the first.", completion: .outcomes)
    var outcome: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let sizes = [units, arms, covariates]
        if spec == nil, sizes.contains(nil) {
            throw ValidationError("give a spec, or --units, --arms and --covariates")
        }
        if spec != nil, noise != nil || sizes.contains(where: { $0 != nil }) {
            throw ValidationError("give a spec, or --units, --arms, --covariates and --noise, not both")
        }
        try IntegerRange.check(units, 0...1_000_000_000_000, "--units")
        try IntegerRange.check(arms, 0...1_000, "--arms")
        try IntegerRange.check(covariates, 0...1_000_000, "--covariates")
        guard (2...20).contains(folds) else { throw ValidationError("--folds must be 2 to 20") }
        guard (0..<1).contains(confirm) else { throw ValidationError("--confirm must be 0 up to below 1") }
        if spec == nil, outcome != nil { throw ValidationError("--outcome goes with a spec") }
        if let effect, !effect.isFinite || effect == 0 {
            throw ValidationError("--effect must be a number other than 0")
        }
    }

    func run() throws {
        let (advice, taken) = try spec.map(ofExperiment) ?? (ofSize(), nil)
        let laboratory = try spec.flatMap { path in
            InputFile.kind(path) == .study ? try LaboratoryAdvice(ofStudy: path) : nil
        }
        ProgressLine.clear()
        if format.format == .json {
            guard let laboratory else { return try Output.write(json: advice) }
            return try Output.write(json: StudyAdvice(advice: advice, laboratory: laboratory))
        }
        let body = Self.table(advice, format.format).text(format.format)
        guard format.format == .table else {
            try Output.write(body)
            return
        }
        let sentences = [taken].compactMap { $0 } + advice.sentences + [laboratory?.sentence].compactMap { $0 }
        let lines = sentences.map { $0 + "\n" }
        try Output.write(lines.joined() + "\n" + body)
    }

    /// What is found at all, then the families.
    private static func table(_ advice: MethodAdvice, _ format: FormatOption.Format) -> TextTable {
        var table = TextTable(
            ["family", "level", "80% power at", "rule of thumb", "serves", "what it is"],
            columns: ["family", "level", "detectable_at_80_percent_power", "rule_of_thumb", "serves", "description"],
            textColumns: [0, 1, 4, 5])
        func figure(_ value: Double?) -> String {
            format == .csv ? cell(value, .csv) : value.map { NumberText.significant($0, 3) } ?? "-"
        }
        let none = format == .csv ? "" : "-"
        func row(_ name: String, _ level: String, _ value: Double?, _ words: String) {
            table.rows.append([name, level, figure(value), none, "", words])
        }
        let found = advice.detectable
        for (index, value) in found.averages.enumerated() {
            row("average, arm \(index + 1)", "experiment", value, "an average effect whose 95% interval excludes 0")
        }
        row(
            "policy on confirm", "policy", found.policyOnConfirm,
            "what a policy fixed before is worth a unit, where it gives the smallest arm to half of the units")
        for subgroup in found.subgroups {
            let name = "named \(NumberText.percent(subgroup.share, 0))"
            row(name, "subgroup", subgroup.effect, "the effect in so large a part of the units, named in advance")
            row(name + " against the rest", "subgroup", subgroup.difference, "its difference from everybody else's")
        }
        row(
            "spread", "member", found.spread,
            "the standard deviation of effects over units, for a learner that ranks them perfectly: nothing finds less")
        table.rows += advice.families.map { family in
            let isPower = family.basis == .power
            return [
                family.family.rawValue, family.level.rawValue, isPower ? figure(family.neededDifference) : none,
                isPower ? none : figure(family.neededDifference), family.serves.map { $0 ? "yes" : "no" } ?? "",
                family.inWords,
            ]
        }
        return table
    }

    private func ofSize() throws -> MethodAdvice {
        let kept = Int((Double(units ?? 0) * (1 - confirm)).rounded())
        let size = try ExperimentSize(
            units: kept, shares: Array(repeating: 1, count: max(0, arms ?? 0)), covariates: covariates ?? 0,
            noise: noise ?? 1, confirmUnits: (units ?? 0) - kept, folds: folds)
        return try MethodAdvice(size, difference: effect, context: common.context)
    }

    private func ofExperiment(_ path: String) throws -> (MethodAdvice, String?) {
        let experiment =
            try InputFile.kind(path) == .study
            ? SourceExperiment.read(path, context: common.context)
            : Experiment.read(specPath: path, context: common.context).experiment
        let names = experiment.outcomes.map(\.name)
        let j = outcome.map { name in names.firstIndex(of: name) } ?? 0
        guard let j else {
            throw EspalierError(
                .usage, "there is no outcome \(outcome ?? "")",
                remedy: "choose one of: \(names.joined(separator: ", "))")
        }
        let size = try ExperimentSize(experiment, outcome: j)
        if let effect { return (try MethodAdvice(size, difference: effect, context: common.context), nil) }
        let averages = AverageEffect.estimate(experiment, over: experiment.tune).filter { $0.outcome == j }
        let largest = averages.max { abs($0.difference.effect) < abs($1.difference.effect) }
        guard let largest, largest.difference.effect != 0 else {
            return (try MethodAdvice(size, difference: nil, context: common.context), nil)
        }
        let difference = abs(largest.difference.effect)
        return (
            try MethodAdvice(size, difference: difference, context: common.context),
            "The difference that matters on \(names[j]) is taken to be \(NumberText.significant(difference, 3)), the average "
                + "effect of \(experiment.arms[largest.arm]); --effect sets another."
        )
    }
}
