import ArgumentParser
import Effects
import Experiments
import Frames
import Statistics

struct Tune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search the boosting settings of the spec's learner by R-score; prints what to paste.")

    @Argument(help: "The experiment's spec.")
    var spec: String
    @Option(name: .long, help: "Settings to try beside the defaults.")
    var trials = 20
    @Option(name: .long, help: "Seed of the search.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if trials < 1 { throw ValidationError("--trials must be at least 1") }
    }

    func run() throws {
        let conduct = common.conduct
        let experiment = try Experiment.read(specPath: spec, conduct: conduct).experiment
        let tuning = try LearnerTuning.search(experiment, trials: trials, seed: seed, conduct: conduct)
        ProgressLine.clear()
        if format.format == .json {
            try Output.write(json: TuningDocument(tuning, seed: seed))
            return
        }
        try Output.write(table(tuning))
        if format.format == .table { try Output.write("\n" + Self.advice(tuning)) }
    }

    private func table(_ tuning: LearnerTuning) -> String {
        var table = TextTable(
            ["trial", "R-score", "gain", "standard error"] + BoostingSpec.keys, textColumns: [0])
        for trial in tuning.trials {
            let settings = trial.settings.values
            table.rows.append(
                [
                    trial.number == 0 ? "defaults" : "\(trial.number)", cell(trial.score, format.format),
                    cell(trial.gain?.value, format.format), cell(trial.gain?.standardError, format.format),
                ] + BoostingSpec.keys.map { settings[$0] ?? (format.format == .csv ? "" : "-") })
        }
        return table.text(format.format)
    }

    /// What to do with the result, and the YAML to paste.
    private static func advice(_ tuning: LearnerTuning) -> String {
        guard let best = tuning.trials.first else { return "" }
        guard best.number > 0, let gain = best.gain else {
            return "Nothing beats the defaults: keep them.\n"
        }
        let text =
            NumberText.string(gain.value, .significant(2)) + " ± "
            + NumberText.string(1.96 * gain.standardError, .significant(2))
        let verdict =
            gain.interval.low > 0
            ? "Trial \(best.number) gains \(text) over the defaults, on the units that chose it. To use it:\n"
            : "Trial \(best.number) gains \(text) over the defaults, which may be chance. To use it all the same:\n"
        let settings = BoostingSpec.keys.compactMap { key in best.settings.values[key].map { "\(key): \($0)" } }
        return verdict + "\neffects:\n  learner: \(tuning.learner.name)\n  \(tuning.part.rawValue): {"
            + settings.joined(separator: ", ") + "}\n"
    }
}

/// The search as JSON.
private struct TuningDocument: Encodable {
    struct Entry: Encodable {
        let trial: Int
        let score: Double
        let gain: Double?
        let standardError: Double?
        let settings: BoostingSpec
    }

    let learner: String
    let part: String
    let seed: UInt64
    let trials: [Entry]

    init(_ tuning: LearnerTuning, seed: UInt64) {
        learner = tuning.learner.name
        part = tuning.part.rawValue
        self.seed = seed
        trials = tuning.trials.map {
            Entry(
                trial: $0.number, score: $0.score, gain: $0.gain?.value, standardError: $0.gain?.standardError,
                settings: $0.settings)
        }
    }
}

extension BoostingSpec {
    /// As the spec spells them.
    fileprivate static let keys = [
        "rounds", "depth", "learningRate", "lambda", "minimumChildWeight", "subsample", "columnSample", "patience",
    ]

    /// What is set, as the spec would write it.
    fileprivate var values: [String: String] {
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
