import Frames

/// A list over a screen to choose an action from.
package struct Choices: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let name: String
        /// A sentence or two on what it does.
        let words: String
        let action: Action
    }

    let title: String
    let entries: [Entry]
}

/// A text over a screen, with the keys that answer it; any other key puts it away.
package struct Page: Sendable, Equatable {
    struct Answer: Sendable, Equatable {
        let key: Key
        /// What the key does.
        let words: String
        let action: Action
    }

    let title: String
    let text: String
    var answers: [Answer] = []

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
