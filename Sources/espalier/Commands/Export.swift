import ArgumentParser
import Runtime
import Studies

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a candidate's policy as JSON.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "Id or name of the candidate; default: the only one picked.")
    var candidate: String?
    @Option(name: .long, help: "Share of units that keep a random arm.")
    var holdout = 0.0
    @Option(name: .shortAndLong, help: "Where to write; .gz compresses; default: standard output.")
    var output: String?

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let output = output
        let export = ExportPolicy(
            candidate: chosen.id, holdout: holdout, path: output ?? "-", tool: "espalier \(Espalier.versionText)"
        ) { try PolicyFile.write($0, to: output) }
        try study.perform(export, RunContext())
    }
}
