import Experiments
import Policies
import Studies

/// The track of a limit's slider: shares of control where that is not 0, else the outcome's own unit. To the right is stricter.
struct LimitTrack {
    let isRelative: Bool
    /// The ends of the track; a typed limit may lie outside.
    let reach: Double

    private static let stepCount = 200.0

    init(_ space: PolicySpace, _ outcome: Int) {
        isRelative = space.controlMeans[outcome] != 0
        reach = isRelative ? 0.1 : space.outcomes[outcome].scale / 4
    }

    /// A tenth of a percent of control.
    private var step: Double { 2 * reach / Self.stepCount }

    func position(of value: Double) -> Double { (value + reach) / (2 * reach) }
    func value(at share: Double) -> Double { ((2 * share - 1) * reach / step).rounded() * step }
    func step(from value: Double, by steps: Int) -> Double { ((value / step).rounded() + Double(steps)) * step }

    func threshold(_ value: Double) -> Threshold { isRelative ? .relative(value) : .absolute(value) }

    /// A limit on this track; nil where there is none.
    func value(_ threshold: Threshold?, _ space: PolicySpace, _ outcome: Int) -> Double? {
        let control = abs(space.controlMeans[outcome])
        return switch threshold {
        case nil: nil
        case .relative(let share): isRelative ? share : share * control
        case .absolute(let least): isRelative ? least / control : least
        }
    }

    func text(_ value: Double) -> String { isRelative ? Wording.points(value) : Wording.signed(value) }
}

extension AllocationRequest {
    /// The limit of an outcome, this request's or the spec's.
    func threshold(_ outcome: Int, _ space: PolicySpace) -> Threshold? {
        limits[space.outcomes[outcome].name] ?? space.outcomes[outcome].threshold
    }

    func fits(_ space: PolicySpace) -> Bool {
        let names = Set(space.outcomes.dropFirst().map(\.name))
        return limits.keys.allSatisfy(names.contains)
    }
}
