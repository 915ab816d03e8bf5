import ArgumentParser
import Experiments
import Pooling
import Runtime
import Studies

struct PoolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract: "Learn from many experiments at once what the next one can reuse.",
        discussion: """
            Experiments that share covariates by name get one representation of their units. It is judged on units that \
            neither fitted nor chose it against T-learners of each experiment alone. A spec reuses it with \
            `effects: {learner: pooled, pool: FILE}`. All units are held in memory.
            """)

    @Argument(help: "The specs, two or more; with --refresh those that are added.", completion: .spec)
    var specs: [String] = []
    @Option(name: .shortAndLong, help: "The pool to write.")
    var output: String
    @OptionGroup var overwriting: OverwriteOption
    @Option(name: .long, help: "The representation: linear or relu; default: whichever predicts held-out units better.")
    var network: String?
    @Option(name: .long, help: "Its dimension; default: searched.")
    var dimension: Int?
    @Option(name: .long, help: "Seed of the splits and of the network; default: 7, or that of the pool refreshed.")
    var seed: UInt64?
    @Option(
        name: .long, help: "A pool whose experiments are read again, with those of the specs; what moved is printed.",
        completion: .study)
    var refresh: String?
    @Option(
        name: .long, help: "A folder with NAME-truth.csv of every experiment NAME, where effects are known.",
        completion: .directory)
    var truth: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws { try IntegerRange.check(dimension, 1...512, "--dimension") }

    func run() throws {
        if refresh != output { try Output.refuseOverwriting(output) }
        let old = try refresh.map(PoolFile.read)
        var settings = old?.fit.settings ?? PoolFit.Settings()
        if let network {
            guard let known = PoolModel.Network(rawValue: network) else {
                throw EspalierError(
                    .usage, "there is no network \(network)", remedy: "choose --network linear or --network relu")
            }
            settings.network = known
        }
        if let dimension { settings.dimension = dimension }
        if let seed { settings.seed = seed }
        let paths = (old?.sources.map(\.spec) ?? []) + specs.map(InputFile.absolute)
        let context = common.context
        let experiments = try PoolExperiments.read(paths, context: context)
        var pool = try Pool(experiments, seed: settings.seed)
        if let truth { pool = try PoolExperiments.knowing(truth, pool, experiments, context: context) }
        let fit = try PoolFit.run(pool, settings: settings, context: context)
        let sources = zip(experiments, paths).map { PoolFile.Source($0, spec: $1) }
        try PoolFile(fit: fit, sources: sources).write(to: output)
        try Output.announce(output)
        let change = try old.map { try PoolChange(from: $0.fit.model, to: fit.model, experiments: experiments) }
        ProgressLine.clear()
        for note in fit.notes { Diagnostics.write("espalier: \(note).\n") }
        switch format.format {
        case .json: try Output.write(json: PoolDocument(fit, change: change))
        case .table, .csv: try Output.write(PoolText(fit, change: change).text(format.format))
        }
    }
}
