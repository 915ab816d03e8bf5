/// A seeded family of independent draws for units: one 64-bit draw per (seed, salt, unit key).
package struct SaltedDraw: Sendable, Equatable {
    package let seed: UInt64
    package let salt: String
    private let mask: UInt64

    package init(seed: UInt64, salt: String) {
        self.seed = seed
        self.salt = salt
        mask = StableHash.key("\(seed):\(salt)")
    }

    /// 64 bits that look random and depend on nothing but seed, salt and key.
    package func bits(_ key: UInt64) -> UInt64 {
        StableHash.mix(StableHash.mix(key) ^ mask)
    }

    /// A number in [0, 1): the draw's upper 53 bits.
    package func uniform(_ key: UInt64) -> Double {
        Double(bits(key) >> 11) * 0x1p-53
    }

    /// A group in 0..<count: draw modulo count (the bias is below 2^-56 for the counts used here).
    package func group(_ key: UInt64, of count: Int) -> Int {
        Int(bits(key) % UInt64(count))
    }

    /// The place whose stretch of the cumulated shares holds the uniform draw.
    /// - Parameter shares: not below 0, on any scale.
    package func index(_ key: UInt64, of shares: [Double]) -> Int {
        var left = uniform(key) * shares.reduce(0, +)
        for (index, share) in shares.enumerated() {
            if left < share { return index }
            left -= share
        }
        return shares.lastIndex { $0 > 0 } ?? 0
    }
}
