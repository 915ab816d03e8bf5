/// What went wrong in one sentence: the cause, the place and the remedy. Every module speaks to the user through it.
package struct EspalierError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Decides the exit code of the command line (DESIGN section 4).
    package enum Kind: Sendable, Equatable {
        /// A health check failed: 1.
        case check
        /// The command or its options are wrong: 64.
        case usage
        /// What was read is malformed or contradictory: 65.
        case data
        /// An input cannot be opened: 66.
        case noInput
        /// A defect of ours: 70.
        case `internal`
        /// An output cannot be written: 73.
        case cannotCreate
    }

    package let kind: Kind
    /// What is wrong, as a sentence without its full stop.
    package let message: String
    /// The file, where there is one.
    package let file: String?
    /// The line of that file, from 1.
    package let line: Int?
    /// What to do about it.
    package let remedy: String?

    package init(_ kind: Kind, _ message: String, file: String? = nil, line: Int? = nil, remedy: String? = nil) {
        self.kind = kind
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy
    }

    /// "file:line: message; remedy." in one line.
    package var description: String {
        var text = ""
        if let file { text += line.map { "\(file):\($0): " } ?? "\(file): " }
        text += message
        if let remedy { text += "; " + remedy }
        // Remedies of other modules may be questions, or sentences already.
        return text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
    }
}
