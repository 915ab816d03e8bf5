/// An off-policy estimator (METHODS section 2).
package enum Estimator: Sendable, Equatable, Hashable, Codable {
    /// Doubly robust: mean(sum_i pi_i Gamma_i), which is mean(Gamma_k) where each unit gets one arm k.
    case dr
    /// Self-normalised inverse propensity: sum(v Y) / sum(v).
    case snips
    /// Inverse propensity: mean(v Y), with v = pi(T|x) / e_T.
    case ips
    /// Direct method: mean(sum_i pi_i mu_i); it has no interval of its own.
    case dm
    /// Doubly robust with the correction only where v is at most `limit`. It has no interval where no arm, given for certain,
    /// would have any correction left.
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

    /// The weight up to which a unit's correction counts: DR keeps them all, the direct method none.
    var correctionLimit: Double {
        switch self {
        case .dr, .snips, .ips: .infinity
        case .dm: 0
        case .switching(let limit): limit
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
