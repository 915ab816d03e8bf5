/// Writes out REP (`CSI n b`, "the last character n times more"), which ncurses uses and libvterm 0.1.4 gets wrong when
/// it ends just before the last column: it wraps a character too early.
struct RepeatExpander {
    private var last: UInt8 = 0x20
    /// The beginning of a control sequence that the bytes so far have not ended.
    private var pending: [UInt8] = []

    mutating func expand(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            if pending.isEmpty {
                if byte == 0x1B {
                    pending = [byte]
                    continue
                }
                if (0x20..<0x7F).contains(byte) { last = byte }
                result.append(byte)
                continue
            }
            pending.append(byte)
            let isOpen = pending.count == 2 ? byte == 0x5B : (0x30...0x39).contains(byte)
            if isOpen { continue }
            if byte == 0x62, let count = Int(String(decoding: pending.dropFirst(2).dropLast(), as: UTF8.self)) {
                result += Array(repeating: last, count: count)
            } else {
                result += pending
            }
            pending = []
        }
        return result
    }
}
