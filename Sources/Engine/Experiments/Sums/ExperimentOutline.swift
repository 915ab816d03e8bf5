/// An experiment without its units: what it takes to read sums in the outcomes' own units.
package struct ExperimentOutline: Sendable, Equatable {
    /// Control at index 0.
    package let armCount: Int
    package let outcomes: [OutcomeOutline]
    /// The planned share of each arm; nil where propensities vary by unit.
    package let shares: [Double]?

    package init(armCount: Int, outcomes: [OutcomeOutline], shares: [Double]?) {
        self.armCount = armCount
        self.outcomes = outcomes
        self.shares = shares
    }
}

/// How the stored values of an outcome become its own unit, and what the arms cost in it.
package struct OutcomeOutline: Sendable, Equatable {
    /// value = centre + scale * stored.
    package let centre: Double
    package let scale: Double
    /// By arm index; empty where arms cost nothing.
    package let armCosts: [Double]
    /// What clusters do to its errors; nil where units are independent.
    package let clustering: Clustering?
    /// Of a ratio; nil for other outcomes.
    package let denominators: Denominators?
    /// Of an index of surrogates; nil for other outcomes.
    package let indexError: IndexError?

    package init(
        centre: Double, scale: Double, armCosts: [Double], clustering: Clustering? = nil,
        denominators: Denominators? = nil, indexError: IndexError? = nil
    ) {
        self.indexError = indexError
        self.clustering = clustering
        self.denominators = denominators
        self.centre = centre
        self.scale = scale
        self.armCosts = armCosts
    }

    /// What an arm costs per unit beyond control, in the outcome's unit: net effect = gross effect - this
    /// (METHODS section 0).
    package func addedCost(ofArm arm: Int) -> Double {
        armCosts.isEmpty ? 0 : armCosts[arm] - armCosts[0]
    }

    /// What an arm costs per unit, in the outcome's unit.
    package func cost(ofArm arm: Int) -> Double { armCosts.isEmpty ? 0 : armCosts[arm] }
}

extension Outcome {
    package var outline: OutcomeOutline {
        OutcomeOutline(
            centre: observed.centre, scale: observed.scale, armCosts: armCosts, clustering: clustering,
            denominators: denominators, indexError: indexError)
    }
}

extension Experiment {
    package var outline: ExperimentOutline {
        let shares: [Double]? =
            switch propensity {
            case .shares(let shares): shares
            case .columns: nil
            }
        return ExperimentOutline(armCount: arms.count, outcomes: outcomes.map(\.outline), shares: shares)
    }
}
