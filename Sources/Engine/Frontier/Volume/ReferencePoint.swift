/// The default reference point of a front (METHODS section 3), in oriented outcomes.
package enum ReferencePoint {
    /// The worst of control and all single arms per outcome, less a tenth of their range, or of the value where the range
    /// is 0, or 1 where that is 0 too.
    /// - Parameter arms: oriented outcomes of every single arm, control among them.
    package static func standard(arms: [[Double]]) -> [Double] {
        guard let width = arms.first?.count else { return [] }
        return (0..<width).map { j in
            let values = arms.map { $0[j] }
            let worst = values.min() ?? 0
            let range = (values.max() ?? 0) - worst
            let margin = range > 0 ? 0.1 * range : (worst != 0 ? 0.1 * abs(worst) : 1)
            return worst - margin
        }
    }
}
