/// The texts that stand for a missing value.
///
/// Everywhere: nothing, blanks, `NA`, `N/A`, `NaN`, `nan`, `null`, `NULL` and `None`. Among numbers also the further marks
/// that databases, spreadsheets and statistics programs write; `check` names them.
package enum MissingText {
    static let documented = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"]

    /// Marks of missing values among numbers, in lower case.
    private static let marks: Set<String> = [
        "-", "--", "---", "–", "—", ".", "..", "...", "?", "*", "na", "n/a", "n.a.", "n.a", "#n/a", "#n/a!", "#na",
        "#n/a n/a", "<na>", "<n/a>", "(na)", "(n/a)", "[na]", "n/d", "nd", "none", "<none>", "(none)", "null", "<null>",
        "(null)", "[null]", "#null!", "nil", "<nil>", "nan", "-nan", "+nan", "#nan", "nat", "\\n", "missing",
        "<missing>", "(missing)", "blank", "(blank)", "<blank>", "empty", "(empty)", "<empty>", "undefined",
        "#div/0!", "#value!", "#ref!", "#name?", "#num!", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan",
    ]

    private static func word(_ text: StaticString) -> UInt32 {
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static let words: [UInt32] = [
        word("NA"), word("N/A"), word("NaN"), word("nan"), word("null"), word("NULL"), word("None"),
    ]

    /// Whether these bytes say that the value is missing.
    static func matches(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        if count == 0 { return true }
        guard count <= 4, start[0] | 0x20 == UInt8(ascii: "n") else { return false }
        var packed: UInt32 = 0
        for index in 0..<count { packed = packed << 8 | UInt32(start[index]) }
        return words.contains(packed)
    }

    package static func matches(_ text: String) -> Bool { documented.contains(text) }

    /// Whether a text without blanks around it is one of the further marks among numbers.
    static func isMark(_ text: String) -> Bool { marks.contains(text.lowercased()) }
}
