import ArgumentParser
import Effects
import Experiments
import Studies

struct Tune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search the boosting settings of the spec's learner by R-score; prints what to paste.",
        discussion: "On a study the result is kept in it and shown on the Models screen.")

    @Argument(help: "The experiment's spec, or a study of it.", completion: .spec)
    var source: String
    @Option(name: .long, help: "Settings to try beside the defaults.")
    var trials = HyperparameterSearch.usualTrials
    @Option(name: .long, help: "Seed of the search.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(trials, 1...100_000, "--trials")
    }

    func run() throws {
        let context = common.context
        let found: HyperparameterSearch
        if InputFile.kind(source) == .study {
            found = try CommandStudy.open(source, for: .writing).perform(
                SearchHyperparameters(trials: trials, seed: seed), context)
        } else {
            let experiment = try SourceExperiment.read(source, context: context)
            found = try HyperparameterSearch.search(experiment, trials: trials, seed: seed, context: context)
        }
        ProgressLine.clear()
        if format.format == .json {
            try Output.write(json: HyperparametersDocument(found))
            return
        }
        try Output.write(HyperparametersText.text(found, format.format))
    }
}
