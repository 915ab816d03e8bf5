/// Numbers that were not written in their plainest form (02139, 4.10, 1e5, +3), so that different texts of one number are
/// noticed. Plain numbers never get here; a column with very many of the others is followed no further. Its owner frees it.
struct NumberForms {
    private struct Entry {
        let bits: UInt64
        let length: Int32
        let textStart: Int32
        var rows: Int
        /// Rows of its number in any form, among those counted so far.
        var allRows = 0
        var hasOtherLength: Bool
    }

    private var entries = GrowingBuffer<Entry>()
    private var texts = GrowingBuffer<UInt8>()
    /// Entry numbers by hash, -1 where free.
    private var places = UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)
    private var isFull = false
    /// Rows with a zero before the first digit, and the shortest and longest of their texts.
    private(set) var leadingZeros = 0
    private var shortest = Int.max
    private var longest = 0
    private static let limit = 256

    mutating func note(_ start: UnsafePointer<UInt8>, count: Int, value: Double) {
        if count > 1, start[0] == UInt8(ascii: "0"), start[1] &- 48 < 10 {
            leadingZeros += 1
            shortest = min(shortest, count)
            longest = max(longest, count)
        }
        guard !isFull else { return }
        note(start, count: count, bits: (value + 0).bitPattern, rows: 1, hasOtherLength: false)
    }

    /// Adds forms that were noted apart, as if each had been noted here.
    /// - Complexity: O(distinct forms).
    mutating func add(_ other: NumberForms) {
        leadingZeros += other.leadingZeros
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
        if other.isFull { isFull = true }
        guard !isFull, let texts = other.texts.start else { return }
        for index in 0..<other.entries.count where !isFull {
            let entry = other.entries[index]
            note(
                texts + Int(entry.textStart), count: Int(entry.length), bits: entry.bits, rows: entry.rows,
                hasOtherLength: entry.hasOtherLength)
        }
    }

    private mutating func note(
        _ start: UnsafePointer<UInt8>, count: Int, bits: UInt64, rows: Int, hasOtherLength: Bool
    ) {
        if places.count == 0 {
            places = .allocate(capacity: 4 * Self.limit)
            places.initialize(repeating: -1)
        }
        var place = place(bits)
        while places[place] >= 0 {
            let index = Int(places[place])
            let entry = entries.start.unsafelyUnwrapped + index
            if entry.pointee.bits == bits {
                entry.pointee.rows += rows
                if hasOtherLength || Int(entry.pointee.length) != count { entry.pointee.hasOtherLength = true }
                return
            }
            place = (place + 1) & (places.count - 1)
        }
        guard entries.count < Self.limit, count < 100 else {
            isFull = true
            return
        }
        places[place] = Int32(entries.count)
        entries.append(
            Entry(
                bits: bits, length: Int32(count), textStart: Int32(texts.count), rows: rows,
                hasOtherLength: hasOtherLength))
        texts.append(start, count: count)
    }

    private func place(_ bits: UInt64) -> Int {
        Int(truncatingIfNeeded: (bits &* 0x9e37_79b9_7f4a_7c15) >> 40) & (places.count - 1)
    }

    /// Counts how often the numbers stand among some more of the column's.
    mutating func count(_ numbers: UnsafeBufferPointer<Double>) {
        guard !isFull, places.count > 0, let entries = entries.start else { return }
        for value in numbers where !value.isNaN {
            let bits = (value + 0).bitPattern
            var place = place(bits)
            while places[place] >= 0 {
                let entry = entries + Int(places[place])
                if entry.pointee.bits == bits {
                    entry.pointee.allRows += 1
                    break
                }
                place = (place + 1) & (places.count - 1)
            }
        }
    }

    /// What the forms show, given the numbers of the column that were not counted yet; nil where there is nothing to say.
    mutating func findings(numbers: UnsafeBufferPointer<Double>) -> ColumnTexts.Forms? {
        guard entries.count > 0 || leadingZeros > 0 else { return nil }
        var forms = ColumnTexts.Forms()
        forms.leadingZeros = leadingZeros
        if leadingZeros > 0, shortest == longest, (2...15).contains(longest) {
            // Texts of one width: with a zero before they are below 10^(width - 1), without one they are not.
            var low = 1.0
            for _ in 1..<longest { low *= 10 }
            var (small, outside) = (0, 0)
            for value in numbers where !value.isNaN {
                if value < low { small += 1 }
                if value < 0 || value >= 10 * low || value != value.rounded() { outside += 1 }
            }
            if outside == 0, small == leadingZeros { forms.width = longest }
        }
        if !isFull, places.count > 0 {
            count(numbers)
            for index in 0..<entries.count {
                let entry = entries.start.unsafelyUnwrapped[index]
                guard entry.allRows > entry.rows || entry.hasOtherLength else { continue }
                forms.doubled += 1
                if forms.example == nil {
                    let bytes = UnsafeBufferPointer(
                        start: texts.start.unsafelyUnwrapped + Int(entry.textStart), count: Int(entry.length))
                    forms.example = (String(decoding: bytes, as: UTF8.self), Double(bitPattern: entry.bits))
                }
            }
        }
        return forms.leadingZeros > 0 || forms.doubled > 0 ? forms : nil
    }

    mutating func free() {
        entries.free()
        texts.free()
        places.deallocate()
        places = UnsafeMutableBufferPointer(start: nil, count: 0)
    }
}
