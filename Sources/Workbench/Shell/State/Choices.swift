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

/// A text over a screen.
package struct Page: Sendable, Equatable {
    let title: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
