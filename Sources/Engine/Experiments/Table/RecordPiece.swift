import Foundation

/// Some whole records of a file of separated values, read apart from all others, so that pieces are read side by side and
/// added up in their order. A hot loop, hence the pointers.
///
/// It reads what libcsv reads, in the same way, as long as nothing is wrong and lines end in line feeds; what else there is
/// is left to the reader that knows what to say of it. Sendable because one thread makes it and another takes it over.
final class RecordPiece: @unchecked Sendable {
    let slots: UnsafeMutablePointer<ColumnSlot>
    private let slotCount: Int
    private(set) var recordCount = 0
    /// Physical lines, those within quotes among them.
    private(set) var lineCount = 0
    /// Records that do not begin on the line after the one on which their predecessor did, and the first: both from 0.
    private(set) var lines: [(record: Int, line: Int)] = []
    /// Fields without the quotes that were doubled in them.
    private var unquoted: UnsafeMutablePointer<UInt8>?
    private var unquotedCount = 0

    /// - Parameter slots: empty ones, of the columns that are wanted.
    init(slots: [ColumnSlot]) {
        slotCount = slots.count
        self.slots = .allocate(capacity: max(1, slotCount))
        for (index, slot) in slots.enumerated() { (self.slots + index).initialize(to: slot) }
    }

    deinit {
        for index in 0..<slotCount { slots[index].free() }
        slots.deinitialize(count: slotCount)
        slots.deallocate()
        unquoted?.deallocate()
    }

    private struct Field {
        let start: UnsafePointer<UInt8>
        let count: Int
        /// The byte after the field: a delimiter, a line feed or the carriage return before one.
        let next: UnsafePointer<UInt8>
        /// Line breaks within it.
        let lineBreaks: Int
    }

    /// Reads whole records.
    /// - Parameter bytes: the last is a line feed.
    /// - Returns: false where something is unusual or wrong; the piece is of no use then.
    /// - Complexity: O(bytes).
    func read(_ bytes: UnsafeRawBufferPointer, layout: RecordLayout) -> Bool {
        guard let base = bytes.baseAddress, memchr(base, 0, bytes.count) == nil else { return false }
        var byte = base.assumingMemoryBound(to: UInt8.self)
        let end = byte + bytes.count
        var shift = -1
        while byte < end {
            while isBlank(byte.pointee, layout) { byte += 1 }
            if let next = lineEnd(byte) {
                // Blank lines are no records.
                byte = next
                lineCount += 1
                continue
            }
            if lineCount - recordCount != shift {
                shift = lineCount - recordCount
                lines.append((recordCount, lineCount))
            }
            guard let next = readRecord(byte, end: end, layout) else { return false }
            byte = next
            recordCount += 1
        }
        return true
    }

    /// - Returns: the byte after the record's line feed; nil where the record is not as it should be.
    @inline(__always)
    private func readRecord(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ layout: RecordLayout
    ) -> UnsafePointer<UInt8>? {
        var byte = start
        let last = layout.fieldCount - 1
        for index in 0...last {
            let slot = Int(layout.slotOfField[index])
            if layout.isNumeric[index],
                let number = PlainNumber(byte, delimiter: layout.delimiter, powers: layout.powers)
            {
                slots[slot].take(number, from: byte)
                byte = number.end
            } else {
                guard let field = field(byte, end: end, layout), field.count <= ScanState.fieldLimit else { return nil }
                if slot >= 0, slots[slot].take(field.start, count: field.count) != nil { return nil }
                lineCount += field.lineBreaks
                byte = field.next
            }
            if index < last {
                guard byte.pointee == layout.delimiter else { return nil }
                byte += 1
            }
        }
        guard let next = lineEnd(byte) else { return nil }
        lineCount += 1
        return next
    }

    @inline(__always)
    private func isBlank(_ byte: UInt8, _ layout: RecordLayout) -> Bool {
        (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != layout.delimiter
    }

    /// The byte after a line break; nil where there is none. A carriage return is never the last byte.
    @inline(__always)
    private func lineEnd(_ byte: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        if byte.pointee == UInt8(ascii: "\n") { return byte + 1 }
        if byte.pointee == UInt8(ascii: "\r"), byte[1] == UInt8(ascii: "\n") { return byte + 2 }
        return nil
    }

    /// A field without the blanks around it, or without its quotes.
    private func field(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ layout: RecordLayout
    ) -> Field? {
        var byte = start
        while isBlank(byte.pointee, layout) { byte += 1 }
        if byte.pointee == UInt8(ascii: "\"") { return quotedField(byte + 1, end: end, layout) }
        let first = byte
        while true {
            let value = byte.pointee
            if value == layout.delimiter || value == UInt8(ascii: "\n") { break }
            if value <= UInt8(ascii: "\"") {
                if value == UInt8(ascii: "\"") { return nil }
                if value == UInt8(ascii: "\r") {
                    guard byte[1] == UInt8(ascii: "\n") else { return nil }
                    break
                }
            }
            byte += 1
        }
        var after = byte
        while after > first, isBlank((after - 1).pointee, layout) { after -= 1 }
        return Field(start: first, count: after - first, next: byte, lineBreaks: 0)
    }

    /// - Parameter start: the byte after the opening quote.
    private func quotedField(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ layout: RecordLayout
    ) -> Field? {
        var byte = start
        var lineBreaks = 0
        var doubled = 0
        while true {
            guard byte < end else { return nil }
            switch byte.pointee {
            case UInt8(ascii: "\n"): lineBreaks += 1
            case UInt8(ascii: "\r"):
                guard byte[1] == UInt8(ascii: "\n") else { return nil }
            case UInt8(ascii: "\""):
                if byte + 1 < end, byte[1] == UInt8(ascii: "\"") {
                    doubled += 1
                    byte += 1
                } else {
                    var next = byte + 1
                    while next < end, isBlank(next.pointee, layout) { next += 1 }
                    guard next < end, next.pointee == layout.delimiter || lineEnd(next) != nil else { return nil }
                    let count = byte - start
                    return Field(
                        start: doubled == 0 ? start : undoubled(start, count: count, room: end - start),
                        count: count - doubled, next: next, lineBreaks: lineBreaks)
                }
            default: break
            }
            byte += 1
        }
    }

    /// - Parameter room: bytes from here to the end of the piece.
    private func undoubled(_ start: UnsafePointer<UInt8>, count: Int, room: Int) -> UnsafePointer<UInt8> {
        let buffer = unquoted ?? .allocate(capacity: room)
        unquoted = buffer
        let own = buffer + unquotedCount
        var written = 0
        var index = 0
        while index < count {
            own[written] = start[index]
            written += 1
            index += start[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        unquotedCount += written
        return UnsafePointer(own)
    }
}
