/// Lines of YAML with their comments in one column.
struct CommentedLines {
    private var lines: [(code: String, comment: String)] = []
    private static let commentColumn = 44

    mutating func line(_ code: String, _ comment: String) { lines.append((code, comment)) }

    mutating func comment(_ comment: String) { lines.append(("", comment)) }

    var text: String {
        lines.map { code, comment in
            guard !code.isEmpty else { return "# \(comment)\n" }
            let padding = String(repeating: " ", count: max(2, Self.commentColumn - code.count))
            return "\(code)\(padding)# \(comment)\n"
        }.joined()
    }
}
