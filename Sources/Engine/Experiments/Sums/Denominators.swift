/// The mean denominators of a ratio outcome over tune, in multiples of control's: what the error of the estimated R0 is carried by
/// into everything that is made of the linearised outcome (METHODS section 0).
package struct Denominators: Sendable, Equatable, Codable {
    /// D_i/D_0 by arm; 1 for control.
    package let byArm: [Double]
    /// That of all units, which the ratio is linearised by, over D_0.
    package let overall: Double

    package init(byArm: [Double], overall: Double) {
        self.byArm = byArm
        self.overall = overall
    }

    /// D/D_0 where each arm is given to so large a share of the units.
    package func mean(shares: [Double]) -> Double { zip(byArm, shares).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension Denominators {
    /// nil where an arm's denominators are not above 0 on average.
    init?(_ notes: DenominatorNotes?) {
        guard let notes else { return nil }
        self.init(byArm: notes.means.map { $0 / notes.means[0] }, overall: notes.mean / notes.means[0])
    }
}
