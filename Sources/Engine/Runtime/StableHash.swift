/// Hashing that never changes between versions, machines or runs; every split and every sticky draw rests on it.
///
/// The rule is short so that anybody can repeat it from the policy file alone: a text's key is its FNV-1a 64-bit hash
/// (UTF-8); a draw for (seed, salt, key) is `mix(mix(key) ^ key("seed:salt"))`, with the splitmix64 finaliser as `mix`.
package enum StableHash {
    /// FNV-1a, 64 bits, over the bytes of a unit id or any other text.
    /// - Complexity: O(bytes).
    package static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return hash
    }

    package static func key(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { key($0) }
    }

    /// The splitmix64 finaliser (Stafford's mix 13): a bijection in which each input bit reaches every output bit.
    @inlinable
    package static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
