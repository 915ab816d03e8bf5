/// A frame's bytes as ncurses writes them, said in fewer: over ssh every byte of a slider's step counts.
///
/// ncurses names both colours anew for every run of cells, after a full reset. Here the rendition is followed, and only what
/// changes before something is printed is sent. A frame begins and ends in the terminal's plain rendition, and bytes that
/// are not understood leave the whole frame as it was.
package enum FrameBytes {
    package static func shortened(_ bytes: [UInt8]) -> [UInt8] {
        var writer = Writer(room: bytes.count)
        var index = 0
        while index < bytes.count {
            let length = sequenceLength(bytes, at: index)
            let piece = bytes[index..<index + length]
            index += length
            switch kind(of: piece) {
            case .rendition(let parameters):
                guard writer.set(parameters) else { return bytes }
            case .charset(let name): writer.choose(charset: name, piece)
            case .movement: writer.pass(piece)
            case .printed: writer.print(piece)
            }
        }
        writer.finish()
        return writer.output
    }

    private enum Kind {
        case rendition(Substring)
        case charset(UInt8)
        /// Takes the cursor elsewhere, whatever the rendition.
        case movement
        /// Characters, and whatever else may look at the rendition, as erasing does.
        case printed
    }

    private static let escape: UInt8 = 0x1B

    private static func kind(of piece: ArraySlice<UInt8>) -> Kind {
        guard piece.first == escape, let final = piece.last, piece.count > 2 else {
            return piece.first == 0x08 || piece.first == 0x0D ? .movement : .printed
        }
        let body = piece.dropFirst(2).dropLast()
        if piece.dropFirst().first == UInt8(ascii: "("), piece.count == 3 { return .charset(final) }
        guard piece.dropFirst().first == UInt8(ascii: "["),
            body.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: ";") ~= $0 })
        else { return .printed }
        switch final {
        case UInt8(ascii: "m"): return .rendition(Substring(decoding: body, as: UTF8.self))
        case UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "d"), UInt8(ascii: "f"): return .movement
        default: return .printed
        }
    }

    /// Bytes of the control sequence, control character or run of printed characters that begins here.
    private static func sequenceLength(_ bytes: [UInt8], at start: Int) -> Int {
        func run(from index: Int, while belongs: (UInt8) -> Bool) -> Int {
            bytes[index...].firstIndex { !belongs($0) } ?? bytes.count
        }
        guard bytes[start] == escape else {
            return bytes[start] < 0x20 ? 1 : run(from: start) { $0 >= 0x20 } - start
        }
        guard start + 1 < bytes.count else { return 1 }
        let isControl = bytes[start + 1] == UInt8(ascii: "[")
        // Parameters and intermediate bytes, then one final byte.
        let final = run(from: start + (isControl ? 2 : 1)) { isControl ? 0x20...0x3F ~= $0 : 0x20...0x2F ~= $0 }
        return min(final + 1, bytes.count) - start
    }

    private struct Writer {
        private(set) var output: [UInt8] = []
        private var shown = Rendition()
        private var wanted = Rendition()
        private var charset = UInt8(ascii: "B")

        init(room: Int) { output.reserveCapacity(room) }

        mutating func set(_ parameters: Substring) -> Bool { wanted.apply(parameters) }

        mutating func choose(charset name: UInt8, _ piece: ArraySlice<UInt8>) {
            if name != charset { output += piece }
            charset = name
        }

        mutating func pass(_ piece: ArraySlice<UInt8>) { output += piece }

        mutating func print(_ piece: ArraySlice<UInt8>) {
            settle()
            output += piece
        }

        mutating func finish() { settle() }

        private mutating func settle() {
            guard shown != wanted else { return }
            let parameters = wanted.parameters(from: shown)
            output += [FrameBytes.escape, UInt8(ascii: "[")] + parameters.utf8 + [UInt8(ascii: "m")]
            shown = wanted
        }
    }
}
