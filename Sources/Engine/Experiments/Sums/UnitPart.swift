/// What a unit is by the splits that a warehouse draws: every unit is in one part, and every `UnitGroup` is some of them. The raw
/// value is how a part is written in tables.
package enum UnitPart: Int, Sendable, Codable, CaseIterable {
    /// Tune units that grow honest trees.
    case growing = 0
    /// Tune units held out of growth, by which trees are pruned.
    case pruning
    /// Tune units that estimate the leaves.
    case estimating
    case confirm
}

extension UnitGroup {
    /// The parts that it is made of, where there is a single pruning fold.
    package var parts: Set<UnitPart> {
        switch self {
        case .everyone: Set(UnitPart.allCases)
        case .confirm: [.confirm]
        case .tune: [.growing, .pruning, .estimating]
        case .growing: [.growing, .pruning]
        case .growingOutside: [.growing]
        case .growingInside: [.pruning]
        case .estimating: [.estimating]
        }
    }
}
