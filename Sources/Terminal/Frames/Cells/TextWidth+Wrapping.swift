extension TextWidth {
    /// The text in lines of at most `width` columns, broken between words; a longer word is cut.
    package static func wrapped(_ text: String, to width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = String(word)
            if !line.isEmpty {
                if self.width(of: line) + 1 + self.width(of: word) <= width {
                    line += " " + word
                    continue
                }
                lines.append(line)
                line = ""
            }
            while self.width(of: word) > width {
                var head = ""
                for character in word {
                    guard self.width(of: head) + self.width(of: String(character)) <= width else { break }
                    head.append(character)
                }
                // A character wider than the line cannot be shown at all.
                guard !head.isEmpty else { return lines }
                lines.append(head)
                word.removeFirst(head.count)
            }
            line = word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
