import Curses
import Statistics
import Testing
import VirtualTerminal

/// Fewer bytes, the same screen: as libvterm, which knows nothing of ours, sees it.
@Suite struct FrameBytesTests {
    private func shortened(_ text: String) -> String {
        String(decoding: FrameBytes.shortened(Array(text.utf8)), as: UTF8.self)
    }

    private func screen(_ bytes: [UInt8]) -> Screen {
        let emulator = Emulator(width: 40, height: 10)
        _ = emulator.feed(bytes)
        return emulator.snapshot()
    }

    @Test func onlyWhatChangesBeforeSomethingIsPrintedIsSent() {
        #expect(
            shortened(
                "\u{1B}(B\u{1B}[0;1m\u{1B}[38;5;74m\u{1B}[48;5;233m4\u{1B}[12;59H\u{1B}(B\u{1B}[0m\u{1B}[38;5;254m\u{1B}[48;5;233m42"
            )
                == "\u{1B}[1;38;5;74;48;5;233m4\u{1B}[12;59H\u{1B}[22;38;5;254m42")
        #expect(shortened("plain\u{1B}[39;49m\u{1B}(B\u{1B}[m") == "plain")
        // Erasing takes the background, moving does not look at it.
        #expect(shortened("\u{1B}[41m\u{1B}[2;3H\u{1B}[K\u{1B}[m") == "\u{1B}[2;3H\u{1B}[41m\u{1B}[K\u{1B}[m")
    }

    /// Codes not followed here, and sequences cut short, are left to the terminal.
    @Test(arguments: ["\u{1B}[4:3mx\u{1B}[m", "\u{1B}[58;5;3mx", "\u{1B}[38;9;1mx", "x\u{1B}[3", "\u{1B}", ""])
    func whatIsNotUnderstoodStays(text: String) {
        #expect(shortened(text) == text)
    }

    /// 400 streams in ncurses' manner and out of it.
    @Test func everyStreamGivesTheSameScreen() {
        var stream = RandomStream(seed: 3, purpose: "frame bytes")
        let colours = ["31", "94", "39", "38;5;74", "38;2;1;2;3", "44", "103", "49", "48;5;233", "48;2;9;8;7"]
        let attributes = ["0", "", "1", "4", "7", "22", "24", "27", "0;1", "0;7;1", "39;49"]
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<60 {
                switch stream.index(below: 9) {
                case 0...2: text += "\u{1B}[\(colours[stream.index(below: colours.count)])m"
                case 3...4: text += "\u{1B}(B\u{1B}[\(attributes[stream.index(below: attributes.count)])m"
                case 5: text += "\u{1B}[\(1 + stream.index(below: 10));\(1 + stream.index(below: 40))H"
                case 6:
                    text += ["\u{1B}[K", "\u{1B}[J", "\u{1B}[5X", "\r", "\u{8}", "\u{1B}[12G"][stream.index(below: 6)]
                default: text += ["x", "42%", "▇▆", "漢", "   "][stream.index(below: 5)]
                }
            }
            let bytes = Array((text + "\u{1B}(B\u{1B}[m").utf8)
            let fewer = FrameBytes.shortened(bytes)
            #expect(fewer.count <= bytes.count)
            #expect(screen(fewer).cells == screen(bytes).cells)
        }
    }
}
