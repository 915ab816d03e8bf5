import Experiments
import Runtime

/// The columns of an experiment's units that sums are made of, and who is in which group.
struct UnitColumns: Sendable {
    let binned: BinnedCovariates
    let assignment: [UInt8]
    let armCount: Int
    /// Stored values, one column per outcome.
    let outcomes: [[Float]]
    /// P(T = observed arm | x) where it varies by unit, else nil.
    let propensity: [Float]?
    /// omega = 1/e as Float32, which is how the kernels keep it beside an entry; nil for weight 1.
    let weights: [Float]?
    /// The pruning fold of each tune unit of the growing half; `estimating` for the other half.
    private let places: [UInt8]

    private static let estimating = UInt8.max

    /// - Parameter pruningFolds: fewer than 255.
    /// - Complexity: O(units).
    init(_ data: TrainingData, binned: BinnedCovariates, pruningFolds: Int) {
        precondition(pruningFolds < Int(Self.estimating))
        self.binned = binned
        assignment = data.assignment
        armCount = data.armCount
        outcomes = data.outcomes.map(\.values)
        propensity = data.propensity.observedByUnit(data.assignment)
        weights = propensity?.map { 1 / $0 }
        let keys = Array(data.keys[data.training])
        let folds = data.splitRule.pruningFolds(keys, count: pruningFolds)
        places = zip(folds, data.splitRule.estimation(keys)).map { fold, estimates in
            estimates ? Self.estimating : fold
        }
    }

    func shape(_ request: SumsRequest) -> SumsShape { SumsShape(request, isWeighted: propensity != nil) }

    private var tune: Range<Int> { 0..<places.count }

    /// The units among which those of a group are.
    func range(_ group: UnitGroup) -> Range<Int> {
        switch group {
        case .everyone: 0..<assignment.count
        case .confirm: places.count..<assignment.count
        case .tune, .growing, .growingOutside, .growingInside, .estimating: tune
        }
    }

    /// Whether each unit of `range(group)` is in the group; nil where all are.
    func members(_ group: UnitGroup) -> [Bool]? {
        guard let table = table(group) else { return nil }
        return places.map { table[Int($0)] == 1 }
    }

    /// 1 for the places that belong to a group; nil where the range decides.
    private func table(_ group: UnitGroup) -> [UInt32]? {
        let places = 0...Int(Self.estimating)
        let belongs: (Int) -> Bool
        switch group {
        case .everyone, .confirm, .tune: return nil
        case .growing: belongs = { $0 < Int(Self.estimating) }
        case .estimating: belongs = { $0 == Int(Self.estimating) }
        case .growingOutside(let fold): belongs = { $0 < Int(Self.estimating) && $0 != fold }
        case .growingInside(let fold): belongs = { $0 == fold }
        }
        return places.map { belongs($0) ? 1 : 0 }
    }

    /// The units of a group that have an arm of the pair, as row << 1 | (1 in its second arm), ascending; of both honest halves
    /// together the growing one comes first.
    /// - Complexity: O(units).
    func entries(_ group: UnitGroup, arms: ArmPair) -> [UInt32] {
        if group == .tune { return entries(.growing, arms: arms) + entries(.estimating, arms: arms) }
        let (range, table, sides) = (range(group), table(group), arms.sides)
        // Every unit is written where the next one belongs, and stays there if it belongs: random arms and halves would
        // make a branch cost more than the rest. No more units are kept than were passed, so that there is room.
        return [UInt32](unsafeUninitializedCapacity: range.count) { entries, initialised in
            var count = 0
            assignment.withUnsafeBufferPointer { assignment in
                places.withUnsafeBufferPointer { places in
                    sides.withUnsafeBufferPointer { sides in
                        for unit in range {
                            let side = sides[Int(assignment[unit])]
                            entries[count] = UInt32(truncatingIfNeeded: unit) << 1 | side & 1
                            let belongs = table?[Int(places[unit])] ?? 1
                            count += Int(belongs & ~(side >> 1))
                        }
                    }
                }
            }
            initialised = count
        }
    }
}

extension Propensity {
    /// P(T = observed arm | x) of every unit where propensities vary by unit; nil for shares equal for all.
    func observedByUnit(_ assignment: [UInt8]) -> [Float]? {
        switch self {
        case .shares: nil
        case .columns: observed(assignment)
        }
    }
}
