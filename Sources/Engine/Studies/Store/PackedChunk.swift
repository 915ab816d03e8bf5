import Foundation

/// A chunk of four-byte numbers of which few differ, such as the effects of leaves, cohorts and shares: every distinct number once,
/// in the order in which they first come, and for each element its place among them.
///
/// Little-endian: how many distinct numbers there are (4 bytes), these numbers, and the places, of no bytes where there is one
/// number, 1 byte up to 256 and 2 bytes up to 65,536. It is shorter than the elements themselves, by which it is told from them.
enum PackedChunk {
    private static let elementBytes = 4
    private static func placeBytes(_ distinct: Int) -> Int { distinct == 1 ? 0 : distinct <= 1 << 8 ? 1 : 2 }

    /// - Returns: nil where it would not be shorter.
    static func pack(_ chunk: UnsafeRawBufferPointer) -> Data? {
        let elements = chunk.bindMemory(to: UInt32.self)
        // With more distinct numbers than this, numbers and places are no shorter than elements.
        let most = min(1 << 16, elements.count / 2)
        guard most > 0 else { return nil }
        var distinct: [UInt32] = []
        // Places among the distinct numbers, from 1; 0 where a slot is free, as more than half of them stay.
        let slotBits = Int.bitWidth - (2 * most).leadingZeroBitCount
        var slots = [UInt32](repeating: 0, count: 1 << slotBits)
        var places = [UInt16](repeating: 0, count: elements.count)
        for (index, element) in elements.enumerated() {
            var slot = Int((element &* 0x9E37_79B1) >> UInt32(32 - slotBits))
            while slots[slot] != 0, distinct[Int(slots[slot]) - 1] != element {
                slot = (slot + 1) & ((1 << slotBits) - 1)
            }
            if slots[slot] == 0 {
                guard distinct.count < most else { return nil }
                distinct.append(element)
                slots[slot] = UInt32(distinct.count)
            }
            places[index] = UInt16(slots[slot] - 1)
        }
        let width = placeBytes(distinct.count)
        guard elementBytes * (1 + distinct.count) + width * places.count < chunk.count else { return nil }
        var packed = withUnsafeBytes(of: UInt32(distinct.count)) { Data($0) }
        distinct.withUnsafeBytes { packed.append(contentsOf: $0) }
        switch width {
        case 0: break
        case 1: packed.append(contentsOf: places.map { UInt8($0) })
        default: places.withUnsafeBytes { packed.append(contentsOf: $0) }
        }
        return packed
    }

    /// Fills `elements` from a packed chunk.
    /// - Returns: false where it is none of so many elements.
    static func unpack(_ packed: UnsafeRawBufferPointer, into elements: UnsafeMutableRawBufferPointer) -> Bool {
        let count = elements.count / elementBytes
        guard packed.count >= elementBytes, count > 0, elements.count % elementBytes == 0 else { return false }
        let distinct = Int(packed.loadUnaligned(as: UInt32.self))
        guard (1...1 << 16).contains(distinct) else { return false }
        let (first, width) = (elementBytes * (1 + distinct), placeBytes(distinct))
        guard packed.count == first + width * count else { return false }
        let numbers = (1...distinct).map { packed.loadUnaligned(fromByteOffset: elementBytes * $0, as: UInt32.self) }
        let out = elements.bindMemory(to: UInt32.self)
        return numbers.withUnsafeBufferPointer { numbers in
            for index in 0..<count {
                let place =
                    switch width {
                    case 0: 0
                    case 1: Int(packed[first + index])
                    default: Int(packed.loadUnaligned(fromByteOffset: first + 2 * index, as: UInt16.self))
                    }
                guard place < distinct else { return false }
                out[index] = numbers[place]
            }
            return true
        }
    }
}
