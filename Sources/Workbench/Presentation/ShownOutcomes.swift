import Policies

/// Which outcomes of many are shown where there is no room for all: the objective and those with limits first, and always the
/// one that is looked at.
struct ShownOutcomes {
    /// In the order of the rows.
    let indices: [Int]
    /// How many there are.
    let count: Int

    /// - Parameters:
    ///   - room: rows.
    ///   - focus: the outcome that is looked at; nil where none is.
    init(_ space: PolicySpace, room: Int, focus: Int?) {
        count = space.outcomeCount
        guard count > room, room > 0 else {
            indices = room > 0 ? Array(space.outcomes.indices) : []
            return
        }
        let others = space.outcomes.indices.dropFirst()
        let limited = others.filter { space.outcomes[$0].threshold != nil }
        let order = limited + others.filter { space.outcomes[$0].threshold == nil }
        let place = focus.flatMap { order.firstIndex(of: $0) } ?? 0
        let first = max(0, place - (room - 1) + 1)
        indices = [0] + order.dropFirst(first).prefix(room - 1)
    }

    /// "4 of 13" where not all are shown; else empty.
    var tally: String { indices.count < count ? "\(indices.count) of \(count)" : "" }
}

extension Knob {
    /// The outcome that it is about; nil for an arm's bias.
    var outcome: Int? {
        switch self {
        case .weight(let j), .shrinkage(let j): j
        case .bias: nil
        }
    }
}
