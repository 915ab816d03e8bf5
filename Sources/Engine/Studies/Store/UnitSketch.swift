import Foundation
import Runtime

/// Which units a set holds, in little space: the smallest of their keys' hashes (Broder 1997, bottom-k sketches).
///
/// Two sets of which one in twenty units is common have a hash in common with probability 0.999; what shares hardly any unit
/// may be taken for apart.
struct UnitSketch: Equatable, Sendable {
    private static let size = 128

    /// Ascending.
    let smallest: [UInt64]

    /// - Complexity: O(n), for few hashes are small enough to be sorted.
    init(_ keys: ArraySlice<UInt64>) {
        func hashes(below bound: UInt64) -> [UInt64] {
            keys.lazy.map { StableHash.mix($0 ^ 0x6573_7061_6c69_6572) }.filter { $0 <= bound }.sorted()
        }
        // Four times as many as are wanted are below this on average.
        let bound = UInt64.max / UInt64(max(1, keys.count)) * UInt64(min(4 * Self.size, max(1, keys.count)))
        let found = hashes(below: bound)
        smallest = Array((found.count < Self.size ? hashes(below: .max) : found).prefix(Self.size))
    }

    /// - Returns: nil where the bytes are no sketch.
    init?(_ data: Data) {
        guard data.count.isMultiple(of: 8) else { return nil }
        smallest = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
        }
    }

    var data: Data {
        var data = Data(capacity: 8 * smallest.count)
        for hash in smallest { withUnsafeBytes(of: hash.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    func overlaps(_ other: UnitSketch) -> Bool { !Set(smallest).isDisjoint(with: other.smallest) }
}
