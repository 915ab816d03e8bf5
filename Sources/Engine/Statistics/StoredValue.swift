/// Values kept as Float32 around a centre: stored = (value - centre) / scale.
package enum StoredValue {
    /// The share of the centre that its rounding can make up, sums included.
    private static let rounding = 1e-6

    /// The value of a stored one, or of a mean of such; 0 where nothing is left but the rounding of the centre. A control that
    /// never has the outcome has none, and no change is relative to a ten-billionth.
    package static func destandardised(_ stored: Double, centre: Double, scale: Double) -> Double {
        let value = centre + scale * stored
        return abs(value) <= rounding * abs(centre) ? 0 : value
    }
}
