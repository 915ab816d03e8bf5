/// Bytes as a careless hand or a broken disk leaves them: the fuzz targets of every format start from a file that is whole.
package struct ByteMutations {
    /// Bytes that mean something in the formats read here.
    private static let telling = Array("\",\n\r\t -+.eE09:{}[]&*#|\\'\0".utf8) + [0xFF, 0xC3, 0x1F, 0x8B, 0xEF]
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// splitmix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func index(below bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// Replaces, removes, inserts, doubles and cuts off, once to twenty times.
    package mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<20 where !result.isEmpty {
            let place = index(below: result.count)
            let byte = index(below: 10) < 7 ? Self.telling[index(below: Self.telling.count)] : UInt8(index(below: 256))
            switch index(below: 12) {
            case 0...3: result[place] = byte
            case 4, 5: result.remove(at: place)
            case 6, 7: result.insert(byte, at: place)
            case 8, 9: result.insert(contentsOf: result[place...].prefix(8), at: index(below: result.count))
            case 10: result[place] ^= UInt8(1 << index(below: 8))
            default: result.removeLast(result.count - place)
            }
            if index(below: 10) < 6 { break }
        }
        return result
    }
}
