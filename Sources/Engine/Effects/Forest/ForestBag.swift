import Runtime

/// Who is in the bags and trees of a forest: a pure function of (seed, unit key), never of the order of the rows.
///
/// A bag is half of the units. Each of its two trees draws its subsample from that half and divides it into units that grow
/// the tree and units that estimate its leaves (honesty; the outcomes of the second choose no split).
package struct ForestBag: Sendable {
    private let draw: SaltedDraw
    private let growingLimit: UInt64
    private let sampleLimit: UInt64

    package enum Role: Sendable, Equatable {
        case outside, growing, estimating
    }

    package init(_ number: Int, seed: UInt64, settings: ForestSettings) {
        draw = SaltedDraw(seed: seed, salt: "forest bag \(number)")
        let share = 2 * settings.subsample * Self.range
        sampleLimit = UInt64(share)
        growingLimit = UInt64(share * settings.growingShare)
    }

    /// Bits 0-23 and 24-47 of a unit's draw decide its role in the two trees, the highest bit whether it is in the bag.
    private static let range = 0x1p24

    package func contains(_ key: UInt64) -> Bool { draw.bits(key) >> 63 == 0 }

    /// - Parameter tree: 0 or 1.
    package func role(of key: UInt64, tree: Int) -> Role {
        let bits = draw.bits(key)
        guard bits >> 63 == 0 else { return .outside }
        let position = bits >> UInt64(24 * tree) & 0xff_ffff
        return position < growingLimit ? .growing : position < sampleLimit ? .estimating : .outside
    }
}
