import ArgumentParser
import Policies
import Runtime
import Studies

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "Threads to use; results do not depend on it.")
    var threads: Int?
    @Flag(name: .shortAndLong, help: "Say no more than results, warnings and errors.")
    var quiet = false
    @Flag(name: .shortAndLong, help: "Say on stderr what is done and how long it takes.")
    var verbose = false

    func validate() throws {
        guard !(quiet && verbose) else { throw ValidationError("give --quiet or --verbose, not both") }
        Diagnostics.volume = quiet ? .quiet : verbose ? .verbose : .usual
        try IntegerRange.check(threads, 1...4096, "--threads")
    }

    var workers: Workers { Workers(count: threads) }

    /// Progress on stderr where it is a terminal, Ctrl-C as cancellation.
    var context: RunContext {
        RunContext(workers: workers, cancellation: Interrupt.cancellation, report: ProgressLine.report)
    }
}

/// How results are written.
struct FormatOption: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json
    }

    @Option(name: .long, help: "How to write the result: table, csv or json.")
    var format: Format = .table
    @OptionGroup var spreadsheet: SpreadsheetOption

    func validate() throws { OutputStyle.current.isCSV = format == .csv }
}

/// Whether CSV is meant for a spreadsheet.
struct SpreadsheetOption: ParsableArguments {
    @Flag(help: "In CSV, mark texts that a spreadsheet would take for a formula with an apostrophe.")
    var csvSafe = false

    func validate() throws { OutputStyle.current.isSafeForSpreadsheets = csvSafe }
}

/// Knobs on the command line, each `name=value`.
struct KnobOptions: ParsableArguments {
    @Option(name: .long, help: "Weight of an outcome, as ctr=0.4; repeat for more.", completion: .outcomeValues)
    var weight: [String] = []
    @Option(name: .long, help: "Bias of an arm, as cap_low=0.1; repeat for more.", completion: .armValues)
    var bias: [String] = []
    @Option(
        name: .long, help: "Shrinkage of an outcome in 0...1, as ctr=0.3; repeat for more.",
        completion: .outcomeValues)
    var shrink: [String] = []

    var isEmpty: Bool { weight.isEmpty && bias.isEmpty && shrink.isEmpty }

    /// The knobs, from w = (1, 0, ...), b = 0, alpha = 0.
    /// - Throws: `EspalierError` (.usage) for an unknown name or a value out of range.
    func knobs(in space: PolicySpace) throws -> PolicyKnobs {
        var knobs = PolicyKnobs.start(in: space)
        let outcomes = space.outcomes.map(\.name)
        for (name, value) in try weight.map({ try Self.split($0, "--weight") }) {
            let j = try Self.index(name, in: outcomes, "outcome")
            guard j > 0 || value == 1 else {
                throw EspalierError(
                    .usage, "the weight of the first outcome, \(name), is fixed at 1",
                    remedy: "change the others, which are exchange rates against it")
            }
            knobs.weights[j] = value
        }
        for (name, value) in try bias.map({ try Self.split($0, "--bias") }) {
            let i = try Self.index(name, in: space.arms, "arm")
            guard i > 0 || value == 0 else {
                throw EspalierError(
                    .usage, "the bias of control, \(name), is fixed at 0", remedy: "change those of the other arms")
            }
            knobs.biases[i] = value
        }
        for (name, value) in try shrink.map({ try Self.split($0, "--shrink") }) {
            guard (0...1).contains(value) else {
                throw EspalierError(
                    .usage, "a shrinkage of \(value) is not in 0...1", remedy: "give --shrink \(name)=0.5")
            }
            knobs.shrinkage[try Self.index(name, in: outcomes, "outcome")] = value
        }
        return knobs
    }

    /// Name and number of `name=number`.
    /// - Throws: `EspalierError` (.usage).
    static func split(_ text: String, _ option: String) throws -> (String, Double) {
        guard let equals = text.lastIndex(of: "="), let value = Double(text[text.index(after: equals)...]),
            value.isFinite
        else {
            throw EspalierError(.usage, "\(option) \(text) is not name=number", remedy: "write \(option) name=0.5")
        }
        return (String(text[..<equals]), value)
    }

    /// - Throws: `EspalierError` (.usage) naming those there are.
    static func index(_ name: String, in names: [String], _ what: String) throws -> Int {
        guard let index = names.firstIndex(of: name) else {
            throw EspalierError(
                .usage, "there is no \(what) \(name)", remedy: "choose one of: \(names.joined(separator: ", "))")
        }
        return index
    }
}

/// Which estimator on which split.
struct EstimatorOptions: ParsableArguments {
    @Option(name: .long, help: "Estimator: dr, snips, ips, dm or switch.", completion: .list(Estimator.names))
    var estimator = "dr"
    @Option(name: .long, help: "Largest weight 1/e that SWITCH-DR corrects.")
    var switchLimit: Double?
    @Option(
        name: .long, help: "Units: tune, confirm or all; anything but tune counts as a look.",
        completion: .list(["tune", "confirm", "all"]))
    var split = "tune"

    /// What is evaluated.
    enum Evaluated {
        case knobs(PolicyKnobs)
        case file(String, LookSubject)
    }

    /// The evaluator, after counting the look.
    /// - Parameter table: units with other outcome models than the study's; nil takes those.
    func evaluator(
        _ study: Study, _ context: RunContext, what: String, _ evaluated: Evaluated, table: PolicyTable? = nil
    ) throws -> PolicyEvaluator {
        guard
            let estimator = Estimator(
                name: estimator, armCount: study.space.armCount, switchLimit: switchLimit)
        else {
            throw EspalierError(
                .usage, "there is no estimator \(estimator)",
                remedy: "choose one of: \(Estimator.names.joined(separator: ", "))")
        }
        if case .switching(let limit) = estimator, !(limit >= 1) {
            throw EspalierError(
                .usage, "no weight 1/e is at most \(limit)", remedy: "give --switch-limit 1 or more, such as 10")
        }
        guard let split = EvaluationSplit(rawValue: split) else {
            throw EspalierError(.usage, "there is no split \(split)", remedy: "choose tune, confirm or all")
        }
        let evaluator =
            try table.map {
                try PolicyEvaluator(
                    space: study.space, table: $0, split: split, estimator: estimator, workers: context.workers)
            } ?? study.workspace.evaluator(split, estimator, workers: context.workers)
        if split != .tune {
            let look =
                switch evaluated {
                case .knobs(let knobs): LookAtConfirm(at: split, by: what, estimator: estimator, knobs: knobs)
                case .file(let file, let subject):
                    LookAtConfirm(at: split, by: what, estimator: estimator, file: file, holding: subject)
                }
            try study.perform(look, context)
        }
        return evaluator
    }
}
