/// The lines of a file of JSON lines, while it is read piece by piece.
final class ObjectLines {
    /// The start of a line whose end is still to come.
    private var pending: [UInt8] = []
    private var object = JSONLine()
    /// The wanted column of each name, and the field of each wanted column in the present line.
    private var slots: [[UInt8]: Int] = [:]
    private var fieldOfSlot: [Range<Int>?] = []

    /// Whether a file that begins so is one of JSON lines.
    static func begin(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: "{")
    }

    /// Cuts a piece at its line feeds.
    func feed(_ bytes: UnsafeRawBufferPointer, line: ([UInt8]) throws -> Void) throws {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            pending.append(contentsOf: bytes[start..<end])
            try finish(line: line)
            start = end + 1
        }
        pending.append(contentsOf: bytes[start...])
    }

    /// The line in hand, whether or not a line feed ends it.
    func finish(line: ([UInt8]) throws -> Void) throws {
        let whole = pending
        pending.removeAll(keepingCapacity: true)
        try line(whole)
    }

    var isLineOpen: Bool { !pending.isEmpty }

    /// Reads a line; false where it is no flat object.
    func read(_ line: [UInt8]) -> Bool { line.withUnsafeBufferPointer { object.read($0) } }

    /// The names of the object read last, in its order.
    var names: [[UInt8]] { object.fields.map { Array(object.bytes[$0.name]) } }

    /// Says which columns are wanted.
    func bind(_ names: [String]) {
        slots = Dictionary(names.enumerated().map { (Array($1.utf8), $0) }) { first, _ in first }
        fieldOfSlot = Array(repeating: nil, count: names.count)
    }

    /// Hands over how the fields of the object read last are found, by wanted column.
    func withFields(_ body: ((Int) -> UnsafeBufferPointer<UInt8>?) -> Void) {
        for slot in fieldOfSlot.indices { fieldOfSlot[slot] = nil }
        for field in object.fields {
            if let slot = slots[Array(object.bytes[field.name])] { fieldOfSlot[slot] = field.value }
        }
        object.bytes.withUnsafeBufferPointer { bytes in
            body { slot in self.fieldOfSlot[slot].map { UnsafeBufferPointer(rebasing: bytes[$0]) } }
        }
    }
}
