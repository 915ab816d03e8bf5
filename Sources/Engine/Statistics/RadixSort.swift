/// The order of many floating-point values, by sorting their bits in three passes; hot loops, hence the raw pointers.
///
/// Values that compare equal, 0 and -0 among them, stand in the order of their indices; NaN is left out.
package enum RadixSort {
    /// A value and where it stood.
    struct Entry {
        /// Bits that order as the values do, then the index.
        let word: UInt64

        var index: Int { Int(truncatingIfNeeded: word & 0xffff_ffff) }

        /// Equal where the values are, ascending as they are.
        var key: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }

        init(_ value: Float, index: Int) {
            // A negative number's bits descend: all are flipped; of the others the sign alone. -0 + 0 is 0.
            let bits = (value + 0).bitPattern
            let key = bits ^ (bits >> 31 == 0 ? 0x8000_0000 : 0xffff_ffff)
            word = UInt64(key) << 32 | UInt64(truncatingIfNeeded: index)
        }
    }

    /// The indices of the values in ascending order.
    /// - Parameter values: fewer than 2^32.
    /// - Complexity: O(values), three passes over eight bytes each.
    package static func order(of values: [Float]) -> [UInt32] {
        ascending(values).map { UInt32(truncatingIfNeeded: $0.word) }
    }

    /// The ranks of the values, from -1/2 for the least to 1/2, those of one value the middle of theirs and those of NaN 0;
    /// nil where the values do not vary.
    /// - Complexity: as `order`.
    package static func centredRanks(_ values: [Float]) -> [Float]? {
        let sorted = ascending(values)
        guard let first = sorted.first, let last = sorted.last, first.key < last.key else { return nil }
        let count = Double(sorted.count)
        var ranks = [Float](repeating: 0, count: values.count)
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
            let middle = Float((Double(start + end) / 2) / count - 0.5)
            for entry in sorted[start..<end] { ranks[entry.index] = middle }
            start = end
        }
        return ranks
    }

    static func ascending(_ values: [Float]) -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(values.count)
        for (index, value) in values.enumerated() where !value.isNaN { entries.append(Entry(value, index: index)) }
        var other = entries
        for (shift, bits) in [(32, 11), (43, 11), (54, 10)] as [(UInt64, UInt64)] {
            if pass(from: entries, to: &other, shift: shift, mask: 1 << bits - 1) { swap(&entries, &other) }
        }
        return entries
    }

    /// - Returns: false where all agree in these bits, and nothing was moved.
    private static func pass(from source: [Entry], to target: inout [Entry], shift: UInt64, mask: UInt64) -> Bool {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Int(mask) + 1) { starts in
            starts.initialize(repeating: 0)
            return source.withUnsafeBufferPointer { source in
                for entry in source { starts[Int(truncatingIfNeeded: entry.word >> shift & mask)] += 1 }
                guard let first = source.first,
                    starts[Int(truncatingIfNeeded: first.word >> shift & mask)] < source.count
                else { return false }
                var start = 0
                for digit in starts.indices { (starts[digit], start) = (start, start + starts[digit]) }
                target.withUnsafeMutableBufferPointer { target in
                    for entry in source {
                        let digit = Int(truncatingIfNeeded: entry.word >> shift & mask)
                        target[starts[digit]] = entry
                        starts[digit] &+= 1
                    }
                }
                return true
            }
        }
    }
}
