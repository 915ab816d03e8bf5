/// An off-policy estimator (METHODS section 2).
package enum Estimator: Sendable, Equatable, Hashable, Codable {
    /// Doubly robust: mean(Gamma_k).
    case dr
    /// Self-normalised inverse propensity: sum(v Y) / sum(v).
    case snips
    /// Inverse propensity: mean(v Y).
    case ips
    /// Direct method: mean(mu_k); it has no interval of its own.
    case dm
    /// Doubly robust with the correction only where 1/e_T is at most `limit`.
    case switching(limit: Double)

    /// The name on the command line and in JSON.
    package var name: String {
        switch self {
        case .dr: "dr"
        case .snips: "snips"
        case .ips: "ips"
        case .dm: "dm"
        case .switching: "switch"
        }
    }

    /// Whether anything of the doubly robust correction is left in a range of units: without it, or weights, an estimate is the
    /// models' word alone and has no error of its own.
    func correctsSome(of units: Range<Int>, in table: PolicyTable) -> Bool {
        switch self {
        case .dr, .snips, .ips: true
        case .dm: false
        case .switching(let limit): table.uncorrectedShare(of: units, limit: limit) < 1
        }
    }

    package static let names = ["dr", "snips", "ips", "dm", "switch"]

    /// The estimator of a name; SWITCH-DR's limit defaults to twice the number of arms, the weight of a unit whose arm
    /// had half its equal share.
    package init?(name: String, armCount: Int, switchLimit: Double? = nil) {
        switch name {
        case "dr": self = .dr
        case "snips": self = .snips
        case "ips": self = .ips
        case "dm": self = .dm
        case "switch": self = .switching(limit: switchLimit ?? Double(2 * armCount))
        default: return nil
        }
    }
}
