import Runtime

/// How often a bootstrap replicate counts a unit: Poisson(1), a pure function of seed, unit and replicate, so that rankers
/// are compared on the same resamples whatever order they put the units in.
///
/// This is the plain reference of the kernel `espalier_replicate_sums`, which it agrees with to the last bit.
package struct PoissonCounts: Sendable {
    /// Of 65,536 draws, those that count at least 1, 2, ... times: Poisson(1) rounded so that the mean is exactly 1.
    package static let exceeding: [UInt32] = [41_427, 17_317, 5_263, 1_244, 240, 39, 5, 1]

    /// One key draws for two replicates.
    package let keys: [UInt32]

    /// - Parameter replicates: rounded up to whole keys.
    package init(seed: UInt64, replicates: Int) {
        let start = StableHash.mix(seed) ^ StableHash.key("bootstrap")
        keys = (0..<(replicates + 1) / 2).map { UInt32(truncatingIfNeeded: StableHash.mix(start &+ UInt64($0))) }
    }

    /// What a unit's counts are drawn from.
    package static func hash(unit: Int) -> UInt64 { hash(key: UInt64(unit)) }

    /// What the counts of all units of a cluster are drawn from.
    package static func hash(key: UInt64) -> UInt64 { StableHash.mix(key &+ 0x9e37_79b9_7f4a_7c15) }

    package func count(hash: UInt64, replicate: Int) -> Int {
        var x = UInt32(truncatingIfNeeded: hash) ^ keys[replicate / 2]
        x ^= x >> 16
        x = x &* 0x7feb_352d
        x = x &+ UInt32(truncatingIfNeeded: hash >> 32)
        x ^= x >> 15
        x = x &* 0x846c_a68b
        x ^= x >> 16
        let draw = replicate % 2 == 0 ? x & 0xffff : x >> 16
        var count = 0
        for exceeding in Self.exceeding where draw >= 65_536 - exceeding { count += 1 }
        return count
    }
}
