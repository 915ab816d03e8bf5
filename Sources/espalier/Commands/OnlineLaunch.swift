import ArgumentParser
import Runtime
import Studies
import Texts

struct OnlineLaunch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch",
        abstract: "Write a candidate's policy file for everyone but a holdout, for `assign` and `online monitor`.",
        discussion: """
            Held-out units draw their arms from the planned shares, whatever the policy says. The file also holds what the policy \
            promised and what the log's units were like; `online monitor` compares with that.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Share of units that keep a random arm.")
    var holdout = 0.03
    @Option(name: .long, help: "Days that it is to be looked at, once a day.")
    var days = 30
    @Option(name: .long, help: "Users expected by the last of them; default: as many as the log has.")
    var users: Int?
    @Option(name: .shortAndLong, help: "Where to write; .gz compresses; default: standard output.")
    var output: String?
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(days, 1...10_000, "--days")
        try IntegerRange.check(users, 2...1_000_000_000, "--users")
    }

    func run() throws {
        try Output.refuseOverwriting(output)
        let study = try CommandStudy.open(study, for: .writing)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let output = output
        try study.perform(
            LaunchPolicy(
                candidate: chosen.id, holdout: holdout, days: days, users: users ?? study.description.unitCount,
                path: output ?? "-", tool: "espalier \(Espalier.versionText)"
            ) { try PolicyFile.write($0, to: output) }, common.context)
        ProgressLine.clear()
        Diagnostics.write(
            "espalier: \(chosen.name) is launched with a holdout of \(NumberText.percent(holdout, 1)); watch it with `online monitor`.\n"
        )
    }
}
