import ArgumentParser
import Runtime
import Studies

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a candidate's policy as JSON.",
        discussion: """
            With --explore some of the units get an arm at random, so that what happens under the policy can be learned \
            from: `assign` then writes who explored and the propensity of every arm, which a spec reads back as \
            treatment: {propensities: [propensity_ARM, ...]}. With --period they draw anew in every period.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Share of units that keep a random arm.")
    var holdout = 0.0
    @OptionGroup var exploration: ExplorationOptions
    @Option(name: .shortAndLong, help: "Where to write; .gz compresses; default: standard output.")
    var output: String?
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    func validate() throws { try exploration.check() }

    func run() throws {
        try Output.refuseOverwriting(output)
        let study = try CommandStudy.open(study, for: .writing)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let output = output
        let export = ExportPolicy(
            candidate: chosen.id, holdout: holdout, exploration: try exploration.rule(), path: output ?? "-",
            tool: "espalier \(Espalier.versionText)"
        ) { try PolicyFile.write($0, to: output) }
        try study.perform(export, RunContext())
    }
}
