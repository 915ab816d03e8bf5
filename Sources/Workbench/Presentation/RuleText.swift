import Foundation
import Texts

/// Rules made short for a list: what a rule shares with the one above it is a ditto mark.
enum RuleText {
    private static let shortened: [(long: [UInt8], short: [UInt8])] = [
        (" and ", ", "), (" <= ", "<="), (" < ", "<"), (" > ", ">"), (" = ", "="), (" in {", "={"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// "6 < visits_28d <= 26 and segment = daily" as "6<visits_28d<=26, segment=daily".
    /// - Complexity: one pass: a list is drawn with every key.
    static func short(_ rule: String) -> String {
        let bytes = Array(rule.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let rest = bytes[position...]
            if bytes[position] == UInt8(ascii: " "), let form = shortened.first(where: { rest.starts(with: $0.long) }) {
                text += form.short
                position += form.long.count
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The short rule with its leading conditions left out where the rule above has the same.
    static func after(_ previous: String, _ rule: String) -> String {
        let above = previous.isEmpty ? [] : previous.split(separator: " and ", omittingEmptySubsequences: true)
        let own = rule.split(separator: " and ", omittingEmptySubsequences: true)
        let shared = zip(above, own).prefix { $0 == $1 }.count
        guard shared > 0, shared < own.count else { return short(rule) }
        return "\" " + short(own.dropFirst(shared).joined(separator: " and "))
    }

    /// A rule in at most `width` columns: names and levels give way before thresholds do, their middle first, and only then the
    /// last conditions.
    static func fit(_ rule: String, to width: Int, ellipsis: Unicode.Scalar) -> String {
        guard TextWidth.width(of: rule) > width else { return rule }
        for longest in [12, 9, leastWord] {
            let shorter = shortened(rule, longest, ellipsis)
            if TextWidth.width(of: shorter) <= width { return shorter }
        }
        return TextWidth.truncate(shortened(rule, leastWord, ellipsis), to: width, ellipsis: ellipsis)
    }

    /// Columns of a name that still calls it to mind.
    private static let leastWord = 7

    private static func shortened(_ rule: String, _ longest: Int, _ ellipsis: Unicode.Scalar) -> String {
        var text = ""
        var word = ""
        func flush() {
            let name = word.trimmingPrefix { $0 == " " }
            let bare = name.reversed().drop { $0 == " " }.reversed()
            let (before, after) = (word.count - name.count, name.count - bare.count)
            text += String(repeating: " ", count: before)
            let (own, place) = quantilesApart(String(bare))
            text += isNumber(own) ? own : TextWidth.cutMiddle(own, to: longest, ellipsis: ellipsis)
            text += place
            text += String(repeating: " ", count: after)
            word = ""
        }
        // A name may have blanks in it; a comparison ends it.
        for character in rule {
            if "<>=,{}()\"".contains(character) {
                flush()
                text.append(character)
            } else {
                word.append(character)
            }
        }
        flush()
        return text
    }

    /// "visits_28d low 39% or missing" as the name and what is said of it, which is not cut.
    private static func quantilesApart(_ words: String) -> (name: String, place: String) {
        for place in [" low ", " high ", " mid "] {
            guard let found = words.range(of: place, options: .backwards), words[found.upperBound...].contains("%")
            else { continue }
            return (String(words[..<found.lowerBound]), String(words[found.lowerBound...]))
        }
        return (words, "")
    }

    private static func isNumber(_ word: String) -> Bool {
        word.first.map { $0.isNumber || $0 == "-" || $0 == "." } ?? true
    }
}
