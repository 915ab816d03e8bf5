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

            --kit makes a folder to serve the policy from: the policy, its schema, a scorer in plain Python without \
            dependencies, and a page on what must be kept and logged (`espalier help serving`).
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
    @Option(name: .long, help: "A folder for the policy with all it takes to serve it.", completion: .directory)
    var kit: String?
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if kit != nil, output != nil { throw ValidationError("give --output or --kit, not both") }
        try exploration.check()
    }

    func run() throws {
        try Output.refuseOverwriting(output)
        try kit.map(ServingKit.refuseOverwriting)
        let study = try CommandStudy.open(study, for: .writing)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let (output, kit) = (output, kit)
        let export = ExportPolicy(
            candidate: chosen.id, holdout: holdout, exploration: try exploration.rule(),
            path: kit.map { $0 + "/policy.json" } ?? output ?? "-",
            tool: "espalier \(Espalier.versionText)"
        ) { document in
            guard let kit else { return try PolicyFile.write(document, to: output) }
            try ServingKit(document, folder: kit).write()
        }
        try study.perform(export, RunContext())
    }
}
