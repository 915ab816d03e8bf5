import Foundation
import Frames
import Testing

@Suite struct KeyTests {
    @Test func notationIsRead() throws {
        let keys = try Key.parse("4lla5<Enter><C-r><Esc><Up><Space><lt><S-Tab><f5><pgdn>>é")
        #expect(
            keys == [
                .character("4"), .character("l"), .character("l"), .character("a"), .character("5"), .enter,
                .control("r"), .escape, .up, .character(" "), .character("<"), .backTab, .function(5), .pageDown,
                .character(">"), .character("é"),
            ])
        #expect(try Key.parse("") == [])
    }

    @Test(arguments: [
        ("ab<Entr>", "keys, position 3: there is no key <Entr>; did you mean <Enter>?"),
        ("<F99>", "keys, position 1: there is no key <F99>"), ("<>", "there is no '>'"), ("a<b", "write <lt>"),
        ("<C-xy>", "there is no key <C-xy>"),
    ])
    func mistakesAreExplained(text: String, expected: String) {
        let error = #expect(throws: KeyError.self) { try Key.parse(text) }
        #expect(error?.message.contains(expected) == true)
    }

    @Test func everyKeySurvivesNotationAndJSON() throws {
        let keys: [Key] = [
            .character("a"), .character("<"), .character(">"), .character(" "), .character("漢"), .control("c"),
            .control(" "), .control("<"), .function(12), .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
            .tab, .backTab, .enter, .escape, .backspace, .delete,
        ]
        #expect(try Key.parse(keys.map(\.notation).joined()) == keys)
        #expect(try JSONDecoder().decode([Key].self, from: JSONEncoder().encode(keys)) == keys)
        #expect(Key.control("r").displayName == "Ctrl-R" && Key.character(" ").displayName == "Space")
    }

    @Test func severalKeysAreNotOne() {
        #expect(throws: (any Error).self) { try JSONDecoder().decode([Key].self, from: Data("[\"ab\"]".utf8)) }
    }
}
