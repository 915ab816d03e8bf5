import Runtime
import Texts
import Workbench

/// What `espalier help TOPIC` explains beyond the commands.
enum HelpTopic: String, CaseIterable {
    case spec, limits, estimators, formats, serving, completions, warehouse, terms, faq

    /// Ends the list of commands.
    static let invitation =
        "Further help: espalier help " + allCases.map(\.rawValue).joined(separator: " | ") + "; man espalier."

    /// The page of `help TOPIC`, or of a term of the screens; nil where something else was asked.
    /// - Throws: `EspalierError` (.usage) for a word that is neither a topic, nor a term, nor a command.
    static func asked(_ words: [String]) throws -> String? {
        guard words.count >= 2, words[0] == "help", !words[1].hasPrefix("-") else { return nil }
        let word = words[1].lowercased()
        if let topic = HelpTopic(rawValue: word) { return topic.text }
        let commands = Espalier.configuration.subcommands.map(TypedCommand.name) + ["help"]
        guard !commands.contains(words[1]) else { return nil }
        if let term = Glossary.named(words.dropFirst().joined()) { return page(term) }
        let topics = allCases.map(\.rawValue)
        throw EspalierError(
            .usage, "there is no help on \(DisplayText.quoted(words[1]))",
            remedy: NearestName.hint(word, among: topics + commands + Glossary.allCases.map(\.rawValue))
                ?? "the topics are \(topics.joined(separator: ", ")), and every command is one")
    }
}
