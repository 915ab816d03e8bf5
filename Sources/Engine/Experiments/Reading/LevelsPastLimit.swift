/// A categorical covariate with more levels than are kept; the rarer ones count as missing.
package struct LevelsPastLimit: Sendable, Equatable {
    package var covariate: String
    package var levels: Int
    package var kept: Int
    /// Units whose level is not kept.
    package var units: Int
}
