import Texts

/// A term of a screen, and what it comes to there.
package struct Explained: Sendable {
    let term: Glossary
    /// The present number in a sentence; nil where there is none.
    let here: @Sendable (WorkbenchState) -> String?

    init(_ term: Glossary, _ here: @escaping @Sendable (WorkbenchState) -> String? = { _ in nil }) {
        self.term = term
        self.here = here
    }
}

/// The page that explains a screen's terms and numbers.
enum Explanations {
    private static let width = 76

    static func page(_ state: WorkbenchState) -> Page {
        let terms = state.screen.definition?.terms ?? []
        let text = terms.map { explained in
            let here = explained.here(state).map { TextWidth.wrap("Here: \($0)", to: width - 3) } ?? []
            return
                ([explained.term.title] + TextWidth.wrap(explained.term.words, to: width - 3).map { "   " + $0 }
                + here.map { " \(Wording.arrow) " + $0 }).joined(separator: "\n")
        }
        return Page(
            title: "what the numbers of \(state.screen.title) mean   j/k scroll, any other key closes",
            text: text.joined(separator: "\n\n"))
    }
}
