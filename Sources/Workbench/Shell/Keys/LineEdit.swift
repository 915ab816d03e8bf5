import Frames

/// One line being edited: what keys and pasted text make of it.
enum LineEdit {
    /// Characters; more than any name, number or filter needs. What is typed into a filter is kept in the log letter by letter.
    private static let longest = 500

    /// The line after a key; nil when the key was not for editing.
    static func type(_ key: Key, into line: String) -> String? {
        switch key {
        case .character(let character): line.count < longest ? line + String(character) : line
        case .backspace, .delete: String(line.dropLast())
        case .control("u"): ""
        default: nil
        }
    }

    /// The line with pasted text at its end, in one go; line ends are left out.
    static func paste(_ text: String, into line: String) -> String {
        line + text.lazy.filter { !$0.isNewline }.prefix(max(0, longest - line.count))
    }
}
