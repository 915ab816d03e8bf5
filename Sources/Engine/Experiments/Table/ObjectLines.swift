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

    /// Whether a file that begins so is one JSON array of objects.
    static func beginsArray(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var marks = bytes.lazy.filter { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }.makeIterator()
        return marks.next() == UInt8(ascii: "[") && marks.next() == UInt8(ascii: "{")
    }

    /// The names of the first objects, in order of appearance: an object may lack what others have.
    private(set) var allNames: [[UInt8]] = []
    /// So many objects are looked at for names.
    private static let objectsLookedAt = 1000

    /// Takes the names of the objects in the first piece of a file.
    func look(at bytes: UnsafeRawBufferPointer) {
        var known: Set<[UInt8]> = []
        for line in bytes.split(separator: 0x0a, maxSplits: Self.objectsLookedAt).prefix(Self.objectsLookedAt) {
            guard read(Array(line)) else { continue }
            for name in names where known.insert(name).inserted { allNames.append(name) }
        }
    }

    /// Takes it that there are objects with these names, too.
    func expect(_ names: [String]) {
        for name in names.map({ Array($0.utf8) }) where !allNames.contains(name) { allNames.append(name) }
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
