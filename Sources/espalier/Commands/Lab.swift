import ArgumentParser
import Foundation
import Runtime
import Simulation
import Studies

struct Lab: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare ways of allocating on simulated experiments whose truth is known.",
        discussion: """
            Scenario 1: one arm is best for everybody. 2: objective and limits pull apart. 2s: the same with effects of a \
            tenth. null: no arm does anything. One's own is a file, FILE.yaml: start from what --show prints. With --like \
            experiments are drawn from the units of a study, with the effects and the noise that its models see.

            confounded compares the rankers of `rank` in place of allocations, on experiments that were not randomised: a \
            confounder that nobody measured makes the treated look good, at rising strength; printed are what each ranker's \
            curve and the sensitivity figures say, and what is true.

            Methods: global (the best single arm), heuristic (cells by medians of four covariates), trees (merged cohorts, \
            their leaves' effects), shrunk (merged cohorts, their own effects drawn to the leaves'), joint (one tree for all \
            arms and outcomes), each by .lp, .stochastic and .chance; forest.lp (causal forests, unit by unit) and \
            two-forests.lp.

            value is the true mean effect on the objective in control means, violation the mean over experiments of the \
            largest true violation of a limit, relative the value less the price of violations over the best that knowing \
            every unit's effects could do. Differences in relative value are paired: methods meet the same experiments.

            \(LaboratoryScenario.beyondTheGenerator)
            """)

    @Option(name: .long, help: "Scenarios, as 1,2,2s,null or FILE.yaml, or confounded alone; default 1,2.")
    var scenario: String?
    @Option(name: .long, help: "A study whose experiment is to be simulated instead.", completion: .study)
    var like: String?
    @Flag(name: .long, help: "Keep the answer in the study, where `advise` and the workbench use it.")
    var keep = false
    @Option(name: .long, help: "Noise levels W, as 5,10,15,20, which is the default.")
    var noise: String?
    @Option(name: .long, help: "With confounded: strengths of the confounder, as 0,0.5,1,2, which is the default.")
    var strength: String?
    @Option(
        name: .long,
        help: "Units of every arm; default 500, with --like as many as the study has, with confounded 1000 on average.")
    var units: Int?
    @Option(name: .long, help: "Experiments for each scenario and noise level.")
    var replicates = 10
    @Option(name: .long, help: "Methods to compare, as joint,forest,global or heuristic.stochastic; default all.")
    var methods: String?
    @Option(name: .long, help: "Seed.")
    var seed: UInt64 = 1
    @Option(name: .long, help: "Print a bundled scenario as YAML and do nothing else.")
    var show: String?
    @Flag(name: .long, help: "Plot with ASCII only.")
    var ascii = false
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(units, CompareMethods.unitRange, "--units")
        try IntegerRange.check(replicates, CompareMethods.replicateRange, "--replicates")
        if keep, like == nil { throw ValidationError("--keep goes with --like: there is no study to keep it in") }
        let isConfounded = scenario == Self.confounded
        if strength != nil, !isConfounded { throw ValidationError("--strength goes with --scenario confounded") }
        if isConfounded, noise != nil || methods != nil {
            throw ValidationError("confounded has strengths and rankers of its own: leave --noise and --methods out")
        }
        if like != nil, scenario != nil || noise != nil {
            throw ValidationError("--like takes units and noise from the study: leave --scenario and --noise out")
        }
    }

    func run() throws {
        if let show {
            guard let text = LaboratoryScenario.bundledText(show) else { throw Self.unknown(show) }
            try Output.write(raw: text)
            return
        }
        if scenario == Self.confounded { return try compareConfounded() }
        let found = try like.map(likeStudy) ?? ofScenarios()
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: LaboratoryDocument(found))
        case .csv: try Output.write(LaboratoryText.table(found.map(\.comparison), .csv))
        case .table:
            var text = LaboratoryText.table(found.map(\.comparison), .table)
            for (world, comparison) in found {
                text += "\n" + LaboratoryText.plot(comparison, isASCII: ascii || !Self.isUTF8)
                text += "\n" + (try LaboratoryText.findings(comparison, of: world))
                if like == nil { text += LaboratoryText.differences(comparison, from: Self.reference) }
            }
            try Output.write(text)
        }
    }

    /// What the published figures measure methods by.
    private static let reference = "two-forests.lp"

    private func likeStudy(_ path: String) throws -> [LaboratoryText.Compared] {
        let study = try CommandStudy.open(path)
        let operation = CompareMethods(
            methods: try chosenMethods(), replicates: replicates, seed: seed, units: units)
        let found =
            try keep ? study.perform(operation, common.context) : operation.compare(study, common.context)
        return [(found.world, found.comparison)]
    }

    private func ofScenarios() throws -> [LaboratoryText.Compared] {
        let (worlds, levels) = try subject()
        let chosen = try chosenMethods()
        return try worlds.map { world in
            let comparison = try LaboratoryComparison(
                world, noise: levels, unitsPerArm: units ?? 500, replicates: replicates, seed: seed, methods: chosen,
                context: common.context)
            return (world, comparison)
        }
    }

    /// Scenarios and noise levels that are asked for.
    private func subject() throws -> (worlds: [LaboratoryScenario], levels: [Double]) {
        let worlds = try (scenario ?? "1,2").split(separator: ",").map { try Self.scenario(String($0)) }
        let levels = try (noise ?? "5,10,15,20").split(separator: ",").map { text in
            guard let level = Double(text), level >= 0, level.isFinite else {
                throw EspalierError(.usage, "\(text) is no noise level", remedy: "write --noise 5,10")
            }
            return level
        }
        guard !worlds.isEmpty, !levels.isEmpty else {
            throw EspalierError(.usage, "there is nothing to compare", remedy: "write --scenario 1,2 --noise 5,10")
        }
        guard Set(worlds.map(\.name)).count == worlds.count, Set(levels).count == levels.count else {
            throw EspalierError(.usage, "a scenario or noise level stands twice", remedy: "name each once")
        }
        return (worlds, levels)
    }

    private static func scenario(_ text: String) throws -> LaboratoryScenario {
        if text.hasSuffix(".yaml") || text.hasSuffix(".yml") { return try LaboratoryScenario(reading: text) }
        guard let scenario = try LaboratoryScenario.bundled(text) else { throw unknown(text) }
        return scenario
    }

    private static func unknown(_ name: String) -> EspalierError {
        EspalierError(
            .usage, "there is no scenario \(name)",
            remedy: "choose of: \(LaboratoryScenario.bundledNames.joined(separator: ", ")); or name a FILE.yaml")
    }

    private func chosenMethods() throws -> [LaboratoryMethod] {
        guard let methods else { return LaboratoryMethod.allCases }
        let named = try methods.split(separator: ",").flatMap { name -> [LaboratoryMethod] in
            let found = LaboratoryMethod.named(String(name))
            guard !found.isEmpty else {
                throw EspalierError(
                    .usage, "there is no method \(name)",
                    remedy: "choose of: \(LaboratoryMethod.allCases.map(\.name).joined(separator: ", "))")
            }
            return found
        }
        guard !named.isEmpty else {
            throw EspalierError(.usage, "there is no method to compare", remedy: "write --methods joint,forest")
        }
        return LaboratoryMethod.allCases.filter { named.contains($0) }
    }

    private static var isUTF8: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale.uppercased().replacingOccurrences(of: "-", with: "").contains("UTF8")
    }
}
