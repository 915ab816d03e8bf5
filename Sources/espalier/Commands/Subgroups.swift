import ArgumentParser
import Experiments
import Foundation
import Groups
import Runtime
import Studies
import Texts

struct Subgroups: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the subgroups with the best and the worst effects, or drill down by covariates.",
        discussion: """
            Subgroups are chosen on one half of the tune units and estimated on the other. With --by the effect in every cell \
            of one or two covariates and the tests of whether it differs; with --where the effect of every outcome in one \
            subgroup.
            """)

    @Argument(help: "The experiment's spec, or a study of it.", completion: .spec)
    var source: String
    @Option(name: .long, help: "The arm; default: the first after control.", completion: .arms)
    var arm: String?
    @Option(name: .long, help: "The outcome; default: the first.", completion: .outcomes)
    var outcome: String?
    @Option(name: .long, help: "One or two covariates to drill down by, as zip_code,channel.")
    var by: String?
    @Option(
        name: .customLong("where"),
        help: "A condition of one subgroup, as recency<=3 or zip_code=Rural; repeat for more.")
    var conditions: [String] = []
    @Option(name: .long, help: "Most covariates crossed in the search, 1 to 3.")
    var depth = 3
    @Option(name: .long, help: "Subgroups reported in either direction.")
    var count = 5
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...3).contains(depth) else { throw ValidationError("--depth must be 1, 2 or 3") }
        try IntegerRange.check(count, 1...1_000_000, "--count")
        if by != nil, !conditions.isEmpty { throw ValidationError("give --by or --where, not both") }
    }

    func run() throws {
        let experiment = try SourceExperiment.read(source, context: common.context)
        let arm = try index(self.arm ?? experiment.arms[1], in: experiment.arms, "arm")
        guard arm > 0 else {
            throw EspalierError(
                .usage, "\(experiment.arms[0]) is the control, which has no effect",
                remedy: "choose one of: \(experiment.arms.dropFirst().joined(separator: ", "))")
        }
        let outcomes = experiment.outcomes.map(\.name)
        let outcome = try index(self.outcome ?? outcomes[0], in: outcomes, "outcome")
        let text = SubgroupText(experiment: experiment, arm: arm, outcome: outcome, format: format.format)
        if let by {
            let covariates = try by.split(separator: ",").map {
                try index(
                    $0.trimmingCharacters(in: .whitespaces), in: experiment.covariates.map(\.name), "covariate")
            }
            guard (1...2).contains(covariates.count), Set(covariates).count == covariates.count else {
                throw EspalierError(
                    .usage, "--by \(by) does not name one or two covariates", remedy: "write --by zip_code,channel")
            }
            let drill = try EffectDrillDown.run(
                experiment, arm: arm, outcome: outcome, by: covariates, context: common.context)
            try text.write(drill)
        } else if !conditions.isEmpty {
            let subgroup = try Subgroup(parsing: conditions, covariates: experiment.covariates)
            try text.write(
                subgroup, SubgroupDecomposition.estimate(subgroup, experiment, arm: arm, units: experiment.tune))
        } else {
            let search = try SubgroupSearch.run(
                experiment, arm: arm, outcome: outcome, settings: SubgroupSettings(depth: depth, count: count),
                context: common.context)
            let importance = try CovariateImportance.rank(
                experiment, arm: arm, outcome: outcome, context: common.context)
            try text.write(search, importance)
        }
    }

    private func index(_ name: String, in names: [String], _ what: String) throws -> Int {
        guard let index = names.firstIndex(of: name) else {
            throw EspalierError(
                .usage, "there is no \(what) \(name)",
                remedy: NearestName.hint(name, among: names) ?? "choose one of: \(names.joined(separator: ", "))")
        }
        return index
    }
}

/// The experiment of a spec, or of a study from its data.
enum SourceExperiment {
    /// - Throws: `EspalierError`: bad input, data that changed since the study was fitted, a blocking health finding.
    static func read(_ path: String, context: RunContext) throws -> Experiment {
        let reading: ExperimentReading
        if InputFile.kind(path) == .study {
            let file = try StudyFile(opening: path)
            let description = try file.description()
            guard file.dataIsUnchanged(description) == true else {
                throw EspalierError(
                    .data, "the data are not those the study was fitted on", file: description.dataPath,
                    remedy: "put them back, or fit again")
            }
            reading = try Experiment.read(spec: description.spec, folder: description.folder, context: context)
        } else {
            reading = try Experiment.read(specPath: path, context: context)
        }
        let health = try HealthReport.examine(reading, workers: context.workers)
        ProgressLine.clear()
        if let refusal = health.fitRefusal(file: path) { throw refusal }
        return reading.experiment
    }
}
