/// Names and texts as SQL writes them.
package enum SQLText {
    /// A name in double quotes, which every engine but MySQL and Spark takes.
    package static func identifier(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A text in quotes, whose backslashes stand for themselves.
    package static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
