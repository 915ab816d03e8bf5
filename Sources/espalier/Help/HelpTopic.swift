import Runtime
import Texts

/// What `espalier help TOPIC` explains beyond the commands.
enum HelpTopic: String, CaseIterable {
    case spec, limits, estimators, formats, serving, completions, warehouse, faq

    /// Ends the list of commands.
    static let invitation =
        "Further help: espalier help " + allCases.map(\.rawValue).joined(separator: " | ") + "; man espalier."

    /// The topic of `help TOPIC`; nil where something else was asked.
    /// - Throws: `EspalierError` (.usage) for a word that is neither a topic nor a command.
    static func asked(_ words: [String]) throws -> HelpTopic? {
        guard words.count >= 2, words[0] == "help", !words[1].hasPrefix("-") else { return nil }
        let word = words[1].lowercased()
        if let topic = HelpTopic(rawValue: word) { return topic }
        let commands = Espalier.configuration.subcommands.map(TypedCommand.name) + ["help"]
        guard !commands.contains(words[1]) else { return nil }
        let topics = allCases.map(\.rawValue)
        throw EspalierError(
            .usage, "there is no help on \(DisplayText.quoted(words[1]))",
            remedy: NearestName.hint(word, among: topics + commands)
                ?? "the topics are \(topics.joined(separator: ", ")), and every command is one")
    }
}
