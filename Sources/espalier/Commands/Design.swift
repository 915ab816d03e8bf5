import ArgumentParser
import Experiments
import Pooling
import Runtime
import Studies

struct Design: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Say how many units the next experiment needs to see how its effect differs, with a pool and without.",
        discussion: """
            Experiments like those of the pool are simulated: its units, whose specs are read again, the noise that its model \
            leaves, and an arm whose effects lie as those of one of its arms, made to differ by --effect. What counts as seen is \
            that effects predicted from half of the units go with the outcomes of the other half, at the one-sided level of 5%.
            """)

    @Argument(help: "The pool.", completion: .study)
    var pool: String
    @Option(name: .long, help: "Standard deviation of the effect between units, in standard deviations of control.")
    var effect = 0.2
    @Option(name: .long, help: "The outcome; default: the pool's first.", completion: .outcomes)
    var outcome: String?
    @Option(name: .long, help: "Experiments for each size.")
    var replicates = 200
    @Option(name: .long, help: "Seed.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(replicates, 10...100_000, "--replicates")
        guard effect > 0, effect.isFinite else { throw ValidationError("--effect must be a number above 0") }
    }

    func run() throws {
        let file = try PoolFile.read(pool)
        let place = try outcome.map { try KnobOptions.index($0, in: file.fit.model.shape.outcomes, "outcome") } ?? 0
        let context = common.context
        let units = try Pool(
            PoolExperiments.read(file.sources.map(\.spec), context: context), seed: file.fit.settings.seed)
        guard units.inputs.inputs == file.fit.model.embedding.inputs else {
            throw EspalierError(
                .data, "the experiments of the pool are not what they were", file: pool,
                remedy: "fit it again with `espalier pool --refresh \(pool) -o \(pool)`")
        }
        let next = try NextExperiment(
            file.fit.model, units: units, outcome: place, effect: effect, replicates: replicates, seed: seed,
            context: context)
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: next)
        case .csv: try Output.write(Self.table(next, .csv))
        case .table: try Output.write(Self.table(next, .table) + Self.finding(next))
        }
    }

    private static func table(_ next: NextExperiment, _ format: FormatOption.Format) -> String {
        var table = TextTable(["units an arm", "seen with the pool", "seen without"])
        table.rows = next.powers.map { ["\($0.units)", cell($0.pool, format), cell($0.alone, format)] }
        return table.text(format)
    }

    private static func finding(_ next: NextExperiment) -> String {
        let most = next.powers.last?.units ?? 0
        func units(_ count: Int?) -> String { count.map { "\($0) units an arm" } ?? "more than \(most) units an arm" }
        return
            "Effects on \(next.outcome) that differ by \(cell(next.effect, .table)) standard deviations of control are seen "
            + "in 80% of experiments of \(units(next.pool)) with the pool, of \(units(next.alone)) without.\n"
    }
}
