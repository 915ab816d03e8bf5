import Experiments
import Foundation
import Synchronization

/// How this process writes its results, by its options; known before any command runs.
struct OutputStyle: Equatable, Sendable {
    var isCSV = false
    /// Whether texts that a spreadsheet would take for a formula are marked as texts.
    var isSafeForSpreadsheets = false
    /// The file that the command's result goes to; nil is standard output.
    var destination: String?
    /// Whether files that are there already may be replaced.
    var mayOverwrite = false

    private static let chosen = Mutex(OutputStyle())

    static var current: OutputStyle {
        get { chosen.withLock { $0 } }
        set { chosen.withLock { $0 = newValue } }
    }

    /// A field of CSV: a leading = + - @ gets an apostrophe where asked for, unless it is a number.
    func field(_ text: String) -> String {
        guard isSafeForSpreadsheets, let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
            Double(text) == nil
        else { return CSVField.quoted(text) }
        return CSVField.quoted("'" + text)
    }
}
