/// Blanks of every sort around a value: spaces, tabs, line breaks, and the wide, narrow, non-breaking and zero-width ones of
/// Unicode.
enum Blanks {
    /// The blanks beyond ASCII, in UTF-8.
    private static let wide: [[UInt8]] = [
        "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}", "\u{2004}", "\u{2005}",
        "\u{2006}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200a}", "\u{200b}", "\u{2028}", "\u{2029}", "\u{202f}",
        "\u{205f}", "\u{2060}", "\u{3000}", "\u{feff}",
    ].map { Array($0.utf8) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }

    /// The bytes without the blanks around them.
    /// - Complexity: O(blanks).
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first {
            if isBlank(first) {
                rest = rest.dropFirst()
            } else if first >= 0x80, let blank = wide.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(blank.count)
            } else {
                break
            }
        }
        while let last = rest.last {
            if isBlank(last) {
                rest = rest.dropLast()
            } else if last >= 0x80, let blank = wide.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
                rest = rest.dropLast(blank.count)
            } else {
                break
            }
        }
        return rest
    }

    /// Whether a text may have blanks around it, by its first and last bytes; it costs next to nothing.
    @inline(__always)
    static func mayPad(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        guard count > 0 else { return false }
        let (first, last) = (start[0], start[count - 1])
        return first <= 32 || first >= 0x80 || last <= 32 || last >= 0x80
    }
}
