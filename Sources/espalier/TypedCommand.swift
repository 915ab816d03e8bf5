import ArgumentParser
import Foundation
import Runtime
import Texts

/// The words of a command line before anything is made of them: what is no command and no file was mistyped.
struct TypedCommand {
    private let words: [String]

    init(_ arguments: [String]) { words = arguments }

    /// What people of other tools type for a command of this one.
    private static let otherNames = [
        "apply": "assign", "score": "assign", "predict": "assign", "train": "fit", "estimate": "fit",
        "validate": "check", "new": "init", "create": "init", "html": "report", "search": "front", "pareto": "front",
        "list": "candidates", "ls": "candidates", "history": "log", "optimise": "allocate", "optimize": "allocate",
        "power": "advise", "generate": "simulate", "man": "manual", "cp": "copy", "diff": "compare",
        "segments": "subgroups", "deploy": "export", "learners": "models",
    ]

    /// - Throws: `EspalierError` (.usage) for a first word that is neither a command nor a file, a file before its command, an
    ///   option before the command, and a word after a group of commands that is none of them.
    func check() throws {
        guard let first = words.first else { return }
        let commands = Self.names(Espalier.configuration.subcommands) + ["help"]
        if first.hasPrefix("-") { return try refuseEarlyOption(commands) }
        if let group = Espalier.configuration.subcommands.first(where: { Self.name($0) == first }) {
            return try check(group)
        }
        guard !commands.contains(first) else { return }
        let isFile = FileManager.default.fileExists(atPath: first)
        if isFile {
            guard let second = words.dropFirst().first, commands.contains(second) else { return }
            throw EspalierError(
                .usage, "the command comes before the file",
                remedy: "write `espalier \(second) \(DisplayText.escaped(first))`")
        }
        // A path is a file that is missing, which opening it says; a bare word that stands alone may be one, too.
        let isPath = first.contains("/") || first.contains(".")
        if isPath { return }
        let hint = Self.hint(first, among: commands)
        guard hint != nil || words.count > 1 else { return }
        throw EspalierError(
            .usage, "there is no command and no file called \(DisplayText.quoted(first))",
            remedy: hint ?? "`espalier --help` lists the commands")
    }

    /// The word after a command that has commands of its own.
    private func check(_ group: any ParsableCommand.Type) throws {
        let names = Self.names(group.configuration.subcommands)
        guard !names.isEmpty, let second = words.dropFirst().first, !second.hasPrefix("-"), !names.contains(second),
            second != "help"
        else { return }
        throw EspalierError(
            .usage, "`espalier \(words[0])` has no command called \(DisplayText.quoted(second))",
            remedy: NearestName.hint(second, among: names) ?? "choose one of: \(names.joined(separator: ", "))")
    }

    /// Options stand after the command they belong to; those of the workbench may stand first.
    private func refuseEarlyOption(_ commands: [String]) throws {
        let places = words.indices.dropFirst().prefix(2)
        guard !words[0].hasPrefix("---"), let place = places.first(where: { commands.contains(words[$0]) }),
            !["--help", "-h", "--version", "--generate-completion-script", "--theme", "--keys", "--frame", "--replay"]
                .contains(words[0])
        else { return }
        throw EspalierError(
            .usage, "options come after the command",
            remedy: "write `espalier \(words[place]) ... \(DisplayText.escaped(words[0]))`")
    }

    private static func hint(_ word: String, among names: [String]) -> String? {
        if let other = otherNames[word.lowercased()] { return "perhaps \(DisplayText.quoted(other)) is meant" }
        return NearestName.hint(word, among: names)
    }

    static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? String(describing: command).lowercased()
    }

    private static func names(_ commands: [any ParsableCommand.Type]) -> [String] { commands.map(name) }
}
