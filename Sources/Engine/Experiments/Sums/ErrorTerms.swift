import Statistics

/// What enters the error of an arm's effect on an outcome beside the spread of its units.
package struct ErrorTerms: Sendable, Equatable {
    /// What the variance by units is multiplied by for clusters; 1 where units are independent.
    package let designEffect: Double
    /// Units for each effective cluster; 1 where units are independent.
    package let unitsPerCluster: Double
    /// What control's part of the error is multiplied by: D_arm/D_0 for a ratio, whose R0 is estimated (METHODS section 0).
    package let controlFactor: Double
    /// Of an index of surrogates, whose coefficients are estimated; nil for other outcomes.
    package let index: IndexError.Contrast?

    package init(
        designEffect: Double = 1, unitsPerCluster: Double = 1, controlFactor: Double = 1,
        index: IndexError.Contrast? = nil
    ) {
        self.index = index
        self.designEffect = designEffect
        self.unitsPerCluster = unitsPerCluster
        self.controlFactor = controlFactor
    }

    /// Independent units and an outcome that is not a ratio.
    package static let plain = ErrorTerms()

    /// What is added to the variance of a difference from control that is estimated so large, in the outcome's own unit, gross of costs.
    package func indexVariance(_ difference: Double) -> Double { index?.variance(difference) ?? 0 }

    /// Degrees of freedom of the mean of so many units.
    package func degreesOfFreedom(units: Double) -> Double { max(1, units / unitsPerCluster - 1) }
}

extension ErrorTerms {
    /// Of the effect of an arm.
    /// - Parameters:
    ///   - arm: at least 1.
    ///   - clustering: nil where units are independent.
    ///   - denominators: of a ratio; nil for other outcomes.
    ///   - indexError: of an index of surrogates; nil for other outcomes.
    package init(ofArm arm: Int, clustering: Clustering?, denominators: Denominators?, indexError: IndexError?) {
        self.init(
            designEffect: clustering?.designEffects[arm - 1] ?? 1, unitsPerCluster: clustering?.unitsPerCluster ?? 1,
            controlFactor: denominators?.byArm[arm] ?? 1, index: indexError?.contrast(ofArm: arm))
    }
}

extension OutcomeOutline {
    /// Of the effect of an arm, at least 1.
    package func errorTerms(ofArm arm: Int) -> ErrorTerms {
        ErrorTerms(ofArm: arm, clustering: clustering, denominators: denominators, indexError: indexError)
    }
}
