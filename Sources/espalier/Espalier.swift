import ArgumentParser
import Foundation
import Runtime

/// The command line: `espalier [FILE]` opens the workbench, everything else is a command of its own (DESIGN section 4).
@main struct Espalier: ParsableCommand {
    static let versionText = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "espalier",
        abstract: "A workbench for randomised experiments whose effect differs from unit to unit.",
        discussion: HelpTopic.invitation,
        version: versionText,
        subcommands: [
            Open.self, Init.self, Check.self, Advise.self, Scan.self, Fit.self, Tune.self, Models.self, Tree.self,
            Cohorts.self, Subgroups.self, EffectsCommand.self, Evaluate.self, Profile.self, Front.self,
            HypervolumeCommand.self,
            Candidates.self, Add.self, Limits.self, Pick.self, Note.self, Compare.self, Allocate.self, Drift.self,
            OnlineCommand.self,
            SensitivityCommand.self, Shrinkage.self, SurrogatesCommand.self, Explain.self, Log.self, Copy.self,
            Rank.self, PoolCommand.self,
            Nearest.self, Design.self,
            Card.self, Export.self, Report.self,
            Assign.self, Schema.self, Simulate.self, Lab.self, Engines.self, Manual.self,
        ],
        defaultSubcommand: Open.self)

    static func main() {
        Diagnostics.occupyStandardStreams()
        // A file as large as may be is a full disk, which is said.
        signal(SIGXFSZ, SIG_IGN)
        do {
            let words = Array(CommandLine.arguments.dropFirst())
            if let page = try HelpTopic.asked(words) { return try Output.write(raw: page) }
            try TypedCommand(words).check()
            var command = try parseAsRoot()
            try Output.refuseOverwriting(OutputStyle.current.destination)
            do {
                try command.run()
            } catch let code as ExitCode {
                // A command that ends with a verdict has a result, too.
                try Output.finish()
                throw code
            }
            try Output.finish()
            Diagnostics.detail("done")
        } catch let error as EspalierError {
            fail(error)
        } catch is CancellationError {
            fail("espalier: interrupted.", code: Interrupt.exitCode)
        } catch {
            // Ends that were asked for, and the parser's own complaints; it calls all others a failure.
            if error is ExitCode || exitCode(for: error) == .success { exit(withError: error) }
            // The parser repeats arguments as they were typed.
            if exitCode(for: error) != .failure {
                Diagnostics.write(fullMessage(for: error) + "\n")
                Foundation.exit(exitCode(for: error).rawValue)
            }
            fail(
                EspalierError(
                    .internal, "this should not have happened (\(error))", remedy: "report it with the command"))
        }
    }

    private static func fail(_ error: EspalierError) -> Never {
        fail("espalier: \(error.description)", code: error.exitCode)
    }

    private static func fail(_ sentence: String, code: Int32) -> Never {
        Diagnostics.write(sentence.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n")
        Foundation.exit(code)
    }
}

extension EspalierError {
    /// DESIGN section 4.
    var exitCode: Int32 {
        switch kind {
        case .check: 1
        case .usage: 64
        case .data: 65
        case .noInput: 66
        case .internal: 70
        case .cannotCreate: 73
        }
    }
}
