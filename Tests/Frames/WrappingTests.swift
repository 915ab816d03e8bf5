import Frames
import Testing
import Texts

@Suite struct WrappingTests {
    @Test(arguments: [
        ("the quick brown fox", 9, ["the quick", "brown fox"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a  b", 10, ["a b"]), ("", 5, [""]), ("一二三", 4, ["一二", "三"]), ("一", 1, []), ("word", 0, []),
    ])
    func linesFitAndKeepTheWords(text: String, width: Int, lines: [String]) {
        #expect(TextWidth.wrap(text, to: width) == lines)
    }
}
