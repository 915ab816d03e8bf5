/// What libcsv's callbacks know: where each field goes, and where they are. Reached through one pointer; the callbacks touch
/// no reference-counted memory unless something is wrong.
struct ScanState {
    /// A field longer than this is refused: in practice a quote that is never closed.
    static let fieldLimit = 1 << 20

    let slots: UnsafeMutablePointer<ColumnSlot>
    /// Slot of each field of a record, -1 for those nobody wants.
    let slotOfField: UnsafeMutablePointer<Int32>
    let fieldCount: Int
    private var field = 0
    private(set) var recordCount = 0
    /// The physical line being read, and that on which the record began; both from 1.
    var line: Int
    var recordLine: Int
    private var shift = 2
    private(set) var lines = RecordLines()
    private(set) var failure: Failure?

    /// The first thing that went wrong.
    struct Failure {
        enum Cause {
            case refused(ColumnSlot.Refusal, slot: Int, text: String)
            case ragged(fields: Int)
            case fieldTooLong
        }
        let cause: Cause
        let line: Int
        let record: Int
    }

    init(slots: UnsafeMutablePointer<ColumnSlot>, slotOfField: UnsafeMutablePointer<Int32>, fieldCount: Int, line: Int)
    {
        self.slots = slots
        self.slotOfField = slotOfField
        self.fieldCount = fieldCount
        self.line = line
        recordLine = line
    }

    /// The hot path: one field of one record.
    @inline(__always)
    mutating func takeField(_ start: UnsafePointer<UInt8>, count: Int) {
        let index = field
        field = index + 1
        guard index < fieldCount else { return }
        let slot = Int(slotOfField[index])
        guard slot >= 0 else { return }
        if count > Self.fieldLimit { return fail(.fieldTooLong, line: recordLine) }
        if let refusal = slots[slot].take(start, count: count) {
            fail(.refused(refusal, slot: slot, text: UTF8Text.quoted(start, count: count)), line: line)
        }
    }

    @inline(__always)
    mutating func endRecord() {
        note(line: recordLine, record: recordCount)
        if field != fieldCount {
            // A missing or stray delimiter shifts the fields: it is the cause of whatever failed in this record.
            if failure?.record == recordCount { failure = nil }
            fail(.ragged(fields: field), line: recordLine)
        }
        field = 0
        recordCount += 1
    }

    /// Adds the records of a piece that was read apart.
    /// - Parameter line: the physical line on which it begins.
    mutating func add(_ piece: RecordPiece, slotCount: Int, line: Int) {
        for (record, own) in piece.lines { note(line: line + own, record: recordCount + record) }
        for slot in 0..<slotCount { slots[slot].add(piece.slots[slot]) }
        recordCount += piece.recordCount
    }

    @inline(__always)
    private mutating func note(line: Int, record: Int) {
        guard line - record != shift else { return }
        shift = line - record
        lines.note(record: record, line: line)
    }

    /// One record whose fields come by name: the field of each slot, nil where the record has none.
    mutating func takeRecord(slotCount: Int, field: (Int) -> UnsafeBufferPointer<UInt8>?) {
        note(line: recordLine, record: recordCount)
        // Any valid address will do for an empty field, of which nothing is read.
        let nowhere = UnsafeRawPointer(slots).assumingMemoryBound(to: UInt8.self)
        for slot in 0..<slotCount {
            let bytes = field(slot)
            let (start, count) = (bytes?.baseAddress ?? nowhere, bytes?.count ?? 0)
            if count > Self.fieldLimit { return fail(.fieldTooLong, line: recordLine) }
            if let refusal = slots[slot].take(start, count: count) {
                fail(.refused(refusal, slot: slot, text: UTF8Text.quoted(start, count: count)), line: recordLine)
            }
        }
        recordCount += 1
    }

    private mutating func fail(_ cause: Failure.Cause, line: Int) {
        if failure == nil { failure = Failure(cause: cause, line: line, record: recordCount) }
    }
}
