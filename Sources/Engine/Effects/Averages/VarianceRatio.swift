/// What an adjustment leaves of the variance.
enum VarianceRatio {
    /// 1 where the plain difference has no variance.
    static func of(_ adjusted: MeanDifference, _ plain: MeanDifference) -> Double {
        guard plain.standardError > 0 else { return 1 }
        let ratio = adjusted.standardError / plain.standardError
        return ratio * ratio
    }
}
