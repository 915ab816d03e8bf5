/// One or two arms of a request, as many as an entry can tell apart, or all that are not told apart.
struct ArmPair: Sendable {
    /// Indices into the experiment's arms; nil for all together.
    private let arms: [Int]?
    /// The position of the first of them in the request; the second follows it.
    let position: Int

    /// The arms of a request two by two.
    static func pairs(_ arms: [Int]?) -> [ArmPair] {
        guard let arms else { return [ArmPair(arms: nil, position: 0)] }
        return stride(from: 0, to: arms.count, by: 2).map {
            ArmPair(arms: Array(arms[$0..<min($0 + 2, arms.count)]), position: $0)
        }
    }

    /// How many arms it tells apart.
    var count: Int { arms?.count ?? 1 }

    /// For every arm of an experiment its position in the pair, 2 where it is in none.
    var sides: [UInt32] {
        guard let arms else { return [UInt32](repeating: 0, count: 256) }
        var sides = [UInt32](repeating: 2, count: 256)
        for (side, arm) in arms.enumerated() { sides[arm] = UInt32(side) }
        return sides
    }
}
