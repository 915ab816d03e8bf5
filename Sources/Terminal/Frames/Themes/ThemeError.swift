/// A theme that cannot be used.
package struct ThemeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: file, line, what is wrong, remedy.
    package let message: String

    package init(file: String, line: Int?, _ problem: String) {
        message = file + (line.map { ":\($0)" } ?? "") + ": " + problem
    }

    package var description: String { message }
}
