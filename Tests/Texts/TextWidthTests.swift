import Frames
import Testing
import Texts

@Suite struct TextWidthTests {
    /// Widths as Unicode Standard Annex 11 has them.
    @Test(arguments: [
        ("plain", 5), ("", 0), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한글", 4), ("ｆｕｌｌ", 8), ("ﬁ", 1), ("⠿▏█", 3),
        ("😀", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 1), ("ไม้", 2), ("\t", 1),
    ])
    func widthsAreThoseOfTerminals(text: String, width: Int) {
        #expect(TextWidth.width(of: text) == width)
    }

    @Test(arguments: [
        "\u{1B}]52;c;aGk=\u{07}", "\u{9B}31m", "a\r\nb", "\u{0}", "\u{7F}", "\u{202E}evil", "\u{200B}", "\u{FEFF}x",
        "\u{301}",
        "\u{E0001}", "\u{FFFF}", "a\u{300}\u{1B}",
    ])
    func nothingButPrintableCharactersComesOut(text: String) {
        var frame = Frame(width: 20, height: 1)
        frame.write(text, x: 0, y: 0)
        for cell in frame.cells where !cell.isContinuation {
            let category = cell.scalar.properties.generalCategory
            #expect(![.control, .format, .unassigned, .surrogate].contains(category))
        }
        #expect(frame.text.contains("\u{FFFD}"))
    }

    @Test func truncationCountsColumns() {
        #expect(TextWidth.truncate("漢字漢字", to: 5, ellipsis: "…") == "漢字…")
        #expect(TextWidth.truncate("漢字", to: 4, ellipsis: "…") == "漢字")
        #expect(TextWidth.truncate("abc", to: 2) == "ab")
        #expect(TextWidth.truncate("abc", to: 0, ellipsis: "…") == "")
    }

    @Test func wrappingKeepsWordsAndLineFeeds() {
        #expect(TextWidth.wrap("one two three\nfour", to: 8) == ["one two", "three", "four"])
        #expect(TextWidth.wrap("incomprehensible", to: 6) == ["incomp", "rehens", "ible"])
        #expect(TextWidth.wrap("漢字漢字", to: 3) == ["漢", "字", "漢", "字"])
        #expect(TextWidth.wrap("漢", to: 1).isEmpty)
        #expect(TextWidth.wrap("x", to: 0) == [])
    }
}
