import Foundation

/// How many columns text takes, and which scalars may reach a terminal at all.
///
/// Whatever comes in (a column name, a cell of a CSV file) comes out as printable scalars: controls, format characters
/// and unassigned code points become a visible replacement, so that no data can send an escape sequence.
package enum TextWidth {
    /// What stands for a character that must not be printed.
    package static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Columns taken by the printable form of `text`.
    package static func width(of text: String) -> Int {
        var width = 0
        forEachCell(of: text) { _, columns in width += columns }
        return width
    }

    /// Columns taken by one scalar: 0 (combining), 1 or 2. A scalar that is not printable takes the replacement's one.
    package static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        if (0x1160...0x11FF).contains(scalar.value) || isVariationSelector(scalar) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    /// Calls `body` with each printable scalar of `text` and the columns it takes (1 or 2).
    ///
    /// A character of several scalars is composed where Unicode has a composed form and otherwise shown by its base;
    /// a tab is a space; a pair of regional indicators (a flag) is shown as its two letters.
    package static func forEachCell(of text: String, _ body: (Unicode.Scalar, Int) -> Void) {
        for character in text {
            let scalars = character.unicodeScalars
            guard let first = scalars.first else { continue }
            if scalars.count == 1 {
                emit(first, body)
            } else if let letter = regionalLetter(first) {
                body(letter, 1)
                for scalar in scalars.dropFirst() {
                    if let letter = regionalLetter(scalar) { body(letter, 1) }
                }
            } else {
                let composed = String(character).precomposedStringWithCanonicalMapping.unicodeScalars
                emit(composed.first { width(of: $0) > 0 } ?? replacement, body)
            }
        }
    }

    /// `text` cut to at most `width` columns; with an ellipsis as the last when something was cut and one was given.
    package static func truncate(_ text: String, to width: Int, ellipsis: Unicode.Scalar? = nil) -> String {
        var cells: [(Unicode.Scalar, Int)] = []
        forEachCell(of: text) { cells.append(($0, $1)) }
        let (kept, cut) = fit(cells.map(\.1), into: width, reserving: ellipsis == nil ? 0 : 1)
        var result = String.UnicodeScalarView(cells.prefix(kept).map(\.0))
        if cut, let ellipsis, width > 0 { result.append(ellipsis) }
        return String(result)
    }

    /// `text` broken at spaces into lines of at most `width` columns; longer words are cut; line feeds are kept.
    package static func wrap(_ text: String, to width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for word in paragraph.split(separator: " ") {
                var word = String(word)
                let joined = line.isEmpty ? word : line + " " + word
                if self.width(of: joined) <= width {
                    line = joined
                    continue
                }
                if !line.isEmpty { lines.append(line) }
                while self.width(of: word) > width {
                    let head = String(word.prefix(characters(of: word, within: width)))
                    // A character wider than the line cannot be shown at all.
                    guard !head.isEmpty else { return lines }
                    lines.append(head)
                    word.removeFirst(head.count)
                }
                line = word
            }
            if !line.isEmpty || paragraph.isEmpty { lines.append(line) }
        }
        return lines
    }

    /// How many of the items with these widths fit, keeping `reserve` columns free if not all do.
    package static func fit(_ widths: [Int], into width: Int, reserving reserve: Int) -> (kept: Int, cut: Bool) {
        if widths.reduce(0, +) <= width { return (widths.count, false) }
        var used = 0
        var kept = 0
        for columns in widths {
            guard used + columns <= width - reserve else { break }
            used += columns
            kept += 1
        }
        return (kept, true)
    }

    private static func characters(of text: String, within width: Int) -> Int {
        var used = 0
        var count = 0
        for character in text {
            used += self.width(of: String(character))
            guard used <= width else { break }
            count += 1
        }
        return count
    }

    private static func emit(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar, Int) -> Void) {
        if scalar.value >= 0x20 && scalar.value < 0x7F {
            body(scalar, 1)
        } else if scalar == "\t" {
            body(" ", 1)
        } else if let letter = regionalLetter(scalar) {
            body(letter, 1)
        } else if !isPrintable(scalar) || width(of: scalar) == 0 {
            body(replacement, 1)
        } else {
            body(scalar, width(of: scalar))
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator, .privateUse: false
        default: true
        }
    }

    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    private static func regionalLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        guard value >= 0x1100 else { return false }
        if scalar.properties.isEmojiPresentation { return true }
        return wideRanges.contains { $0.contains(value) }
    }

    /// East Asian Width W and F (Unicode Standard Annex 11), without the emoji, which have a property of their own.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
