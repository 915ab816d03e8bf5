import CNcurses
import Frames

/// Turns what ncurses reads into keys and pastes.
struct KeyDecoder {
    /// One thing read from the terminal.
    enum Input {
        case key(Key)
        case paste(String)
        case pointer(PointerEvent)
    }

    private static let pasteBegins: Int32 = 1001
    private static let pasteEnds: Int32 = 1002
    /// The begin of a mouse report in SGR form, which terminals send once they are asked for it.
    private static let mouseReport: Int32 = 1003
    /// More than anyone pastes into a field; the rest is dropped.
    private static let longestPaste = 1 << 16

    private let pad: UnsafeMutablePointer<WINDOW>
    private var paste: Paste?

    /// A paste under way.
    private struct Paste {
        var text = String.UnicodeScalarView()
        /// Counting them would cost a walk through all of them.
        var count = 0
    }

    /// Reads from `pad`: reading from the standard screen would flush half a frame.
    init(pad: UnsafeMutablePointer<WINDOW>) {
        self.pad = pad
        // ncurses would read reports in its own way and need a terminfo entry that knows them; here all terminals are read alike.
        define_key(nil, KEY_MOUSE)
        for (sequence, code) in Self.sequences where key_defined(sequence) == 0 { define_key(sequence, code) }
    }

    /// The next input, or `nil` when there is none to be had without waiting.
    mutating func next() -> Input? {
        while let (code, isFunction) = read() {
            if let input = decode(code, isFunction) { return input }
        }
        return nil
    }

    private mutating func decode(_ code: UInt32, _ isFunction: Bool) -> Input? {
        if isFunction, code == UInt32(Self.pasteBegins) {
            paste = Paste()
            return nil
        }
        if paste != nil { return continuePaste(code, isFunction) }
        if isFunction, code == UInt32(Self.mouseReport) { return mouse() }
        if isFunction { return Self.functionKey(Int32(bitPattern: code)).map(Input.key) }
        if code == 27 { return escape() }
        return Self.plainKey(code).map(Input.key)
    }

    /// Ctrl-C, which terminals take out of what they paste, gives up a paste whose end was lost.
    private mutating func continuePaste(_ code: UInt32, _ isFunction: Bool) -> Input? {
        if isFunction, code == UInt32(Self.pasteEnds) {
            defer { paste = nil }
            return paste.map { .paste(String($0.text)) }
        }
        if !isFunction, code == 3 {
            paste = nil
            return Self.plainKey(code).map(Input.key)
        }
        if !isFunction, let scalar = Unicode.Scalar(code), let count = paste?.count, count < Self.longestPaste {
            paste?.text.append(scalar)
            paste?.count += 1
        }
        return nil
    }

    /// The rest of a mouse report: button;column;row and M for down, m for up. Drags and other buttons mean nothing here.
    private mutating func mouse() -> Input? {
        var text = ""
        while text.count < 16, let code = readCharacter(), let scalar = Unicode.Scalar(code) {
            guard scalar == "M" || scalar == "m" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            let numbers = text.split(separator: ";").compactMap { Int($0) }
            guard scalar == "M", numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
            let kinds: [Int: PointerEvent.Kind] = [0: .press, 64: .wheelUp, 65: .wheelDown]
            return kinds[numbers[0]].map { .pointer(PointerEvent($0, x: numbers[1] - 1, y: numbers[2] - 1)) }
        }
        return nil
    }

    /// A lone escape is a key. One that begins a control sequence nobody defined is swallowed with it: its letters are
    /// not key presses.
    private mutating func escape() -> Input? {
        guard let (code, isFunction) = read() else { return .key(.escape) }
        guard !isFunction, code == 0x5B else {
            if isFunction { ungetch(Int32(bitPattern: code)) } else { unget_wch(wchar_t(bitPattern: code)) }
            return .key(.escape)
        }
        while let code = readCharacter(), !(0x40...0x7E).contains(code) {}
        return nil
    }

    /// The next character of a sequence; nil where it breaks off. What begins there, such as a paste, stays to be read.
    private func readCharacter() -> UInt32? {
        guard let (code, isFunction) = read() else { return nil }
        guard isFunction else { return code }
        ungetch(Int32(bitPattern: code))
        return nil
    }

    private func read() -> (code: UInt32, isFunction: Bool)? {
        var code: wint_t = 0
        switch wget_wch(pad, &code) {
        case OK: return (code, false)
        case KEY_CODE_YES: return (code, true)
        default: return nil
        }
    }

    private static func plainKey(_ code: UInt32) -> Key? {
        switch code {
        case 0: .control(" ")
        case 9: .tab
        case 10, 13: .enter
        case 8, 127: .backspace
        case 1...26: Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
        case 28...31: Unicode.Scalar(code + 0x40).map { .control(Character($0)) }
        case 0x80...0x9F: nil
        default: Unicode.Scalar(code).map { .character(Character($0)) }
        }
    }

    private static func functionKey(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_BTAB: .backTab
        case KEY_ENTER: .enter
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case (KEY_F0 + 1)...(KEY_F0 + 63): .function(Int(code - KEY_F0))
        default: nil
        }
    }

    /// What terminals send that their terminfo entry does not always say: tmux's Home and End under another TERM, the
    /// function keys of a terminal that calls itself vt100, a bracketed paste.
    private static let sequences: [(String, Int32)] = {
        var table: [(String, Int32)] = [
            ("\u{1B}[200~", pasteBegins), ("\u{1B}[201~", pasteEnds), ("\u{1B}[Z", KEY_BTAB),
            ("\u{1B}[<", mouseReport),
        ]
        let letters: [(String, Int32)] = [
            ("A", KEY_UP), ("B", KEY_DOWN), ("C", KEY_RIGHT), ("D", KEY_LEFT), ("H", KEY_HOME), ("F", KEY_END),
        ]
        for (letter, code) in letters { table += [("\u{1B}[" + letter, code), ("\u{1B}O" + letter, code)] }
        let numbers: [(Int, Int32)] = [
            (1, KEY_HOME), (3, KEY_DC), (4, KEY_END), (5, KEY_PPAGE), (6, KEY_NPAGE), (7, KEY_HOME), (8, KEY_END),
        ]
        for (number, code) in numbers { table.append(("\u{1B}[\(number)~", code)) }
        for (index, letter) in ["P", "Q", "R", "S"].enumerated() {
            table.append(("\u{1B}O" + letter, KEY_F0 + 1 + Int32(index)))
        }
        for (index, number) in [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].enumerated() {
            table.append(("\u{1B}[\(number)~", KEY_F0 + 1 + Int32(index)))
        }
        return table
    }()
}
