/// What sliders, command line and undo hold: independent knobs (w, b, alpha), METHODS section 2.
package struct PolicyKnobs: Sendable, Equatable, Hashable, Codable {
    /// w_j, one per outcome; the first is fixed at 1. Weights act on oriented effects: positive means more of what is good.
    package var weights: [Double]
    /// b_i in units of the first outcome, one per arm; control's is fixed at 0.
    package var biases: [Double]
    /// alpha_j in [0, 1], one per outcome: 0 is the unit's own effect, 1 the average one.
    package var shrinkage: [Double]

    package init(weights: [Double], biases: [Double], shrinkage: [Double]) {
        self.weights = weights
        self.biases = biases
        self.shrinkage = shrinkage
    }

    /// Where every tuning starts: the first outcome alone, no bias, no shrinkage.
    package static func start(in space: PolicySpace) -> PolicyKnobs {
        var weights = [Double](repeating: 0, count: space.outcomeCount)
        weights[0] = 1
        return PolicyKnobs(
            weights: weights, biases: Array(repeating: 0, count: space.armCount),
            shrinkage: Array(repeating: 0, count: space.outcomeCount))
    }

    /// Knobs that give everyone one arm, by biases at the ends of their tracks and beyond what effects can overcome.
    package static func everyone(arm: Int, in space: PolicySpace, grids: ParameterGrids) -> PolicyKnobs {
        var knobs = start(in: space)
        let overwhelming = 1_000 * grids.biasUnit
        for other in 1..<max(1, space.armCount) { knobs.biases[other] = other == arm ? overwhelming : -overwhelming }
        return knobs
    }

    /// Whether they are knobs of a space of this size.
    package func fits(_ space: PolicySpace) -> Bool {
        weights.count == space.outcomeCount && biases.count == space.armCount && shrinkage.count == space.outcomeCount
    }

    package subscript(_ knob: Knob) -> Double {
        get {
            switch knob {
            case .weight(let j): weights[j]
            case .bias(let i): biases[i]
            case .shrinkage(let j): shrinkage[j]
            }
        }
        set {
            switch knob {
            case .weight(let j): weights[j] = newValue
            case .bias(let i): biases[i] = newValue
            case .shrinkage(let j): shrinkage[j] = newValue
            }
        }
    }
}

/// One knob, by what it turns.
package enum Knob: Sendable, Equatable, Hashable, Codable {
    case weight(Int)
    case bias(Int)
    case shrinkage(Int)

    /// The knobs that may be turned: all weights but the first, all biases but control's, all shrinkages.
    package static func all(in space: PolicySpace) -> [Knob] {
        (1..<max(1, space.outcomeCount)).map(Knob.weight) + (1..<max(1, space.armCount)).map(Knob.bias)
            + (0..<space.outcomeCount).map(Knob.shrinkage)
    }

    /// Whether there is such a knob in the space, be it one of those that may be turned or not.
    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .weight(let j), .shrinkage(let j): space.outcomes.indices.contains(j)
        case .bias(let i): space.arms.indices.contains(i)
        }
    }

    /// "weight:ctr", "bias:cap_low" or "shrink:ctr".
    package func name(in space: PolicySpace) -> String {
        switch self {
        case .weight(let j): "weight:" + space.outcomes[j].name
        case .bias(let i): "bias:" + space.arms[i]
        case .shrinkage(let j): "shrink:" + space.outcomes[j].name
        }
    }

    /// The knob of a name as `name(in:)` gives it.
    package static func named(_ name: String, in space: PolicySpace) -> Knob? {
        all(in: space).first { $0.name(in: space) == name }
    }
}
