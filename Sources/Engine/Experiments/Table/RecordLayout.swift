/// Where the fields of a record go, and how the numbers among them are read: plain memory, for the reader's innermost loop.
/// Its owner frees it.
struct RecordLayout {
    let delimiter: UInt8
    let fieldCount: Int
    /// Slot of each field of a record, -1 for those nobody wants.
    let slotOfField: UnsafeMutablePointer<Int32>
    /// Whether a field's numbers may be read as `PlainNumber` reads them.
    private(set) var isNumeric: UnsafeMutablePointer<Bool>
    let powers: UnsafeMutablePointer<Double>

    /// - Parameter slots: empty.
    init(delimiter: UInt8, fieldCount: Int, slotOfField: UnsafeMutablePointer<Int32>, slots: [ColumnSlot]) {
        self.delimiter = delimiter
        self.fieldCount = fieldCount
        self.slotOfField = slotOfField
        isNumeric = .allocate(capacity: fieldCount)
        for field in 0..<fieldCount {
            let slot = Int(slotOfField[field])
            (isNumeric + field).initialize(to: slot >= 0 && slots[slot].readsPlainNumbers)
        }
        powers = .allocate(capacity: 19)
        var power = 1.0
        for exponent in 0..<19 {
            (powers + exponent).initialize(to: power)
            power *= 10
        }
    }

    func free() {
        isNumeric.deallocate()
        powers.deallocate()
    }
}
