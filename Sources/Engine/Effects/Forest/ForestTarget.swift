import CKernels

/// What a forest estimates: decides how a node's sums become the pseudo-outcomes rho that its split should separate.
///
/// The split maximises (sum rho)^2/n over both children (GRF, "gradient-based splits"). rho is linear in a record, so the
/// sums of a cell give the cell's sum of rho without another pass over the units.
enum ForestTarget: Sendable {
    /// tau: rho = (w - mean w)((y - mean y) - tau (w - mean w)), METHODS section 1, with tau the node's own.
    case effect
    /// The mean of y: rho = y - mean y.
    case outcome

    /// Lanes of a record and a cell, in the order of HistogramForest.h.
    enum Lane {
        static let count = 0
        static let treatment = 1
        static let treatmentSquare = 2
        static let outcome = 3
        static let product = 4
        static let treated = 5
    }

    /// The factors of the first five lanes in rho; nil where the node has nothing to separate.
    func coefficients(_ total: SIMD8<Double>) -> SIMD8<Double>? {
        let count = total[Lane.count]
        guard count > 0 else { return nil }
        let (treatment, outcome) = (total[Lane.treatment] / count, total[Lane.outcome] / count)
        switch self {
        case .outcome: return SIMD8(-outcome, 0, 0, 1, 0, 0, 0, 0)
        case .effect:
            let spread = total[Lane.treatmentSquare] - count * treatment * treatment
            guard spread > 1e-10 * count else { return nil }
            let effect = (total[Lane.product] - count * treatment * outcome) / spread
            return SIMD8(
                treatment * outcome - effect * treatment * treatment, 2 * effect * treatment - outcome, -effect,
                -treatment, 1, 0, 0, 0)
        }
    }

    /// What both children of a node have to have.
    func least(_ total: SIMD8<Double>, _ settings: ForestSettings) -> espalier_forest_least {
        let (count, minimum) = (total[Lane.count], Double(settings.minimumNode))
        switch self {
        case .outcome:
            return espalier_forest_least(count: max(minimum, settings.balance * count), arm: 0, information: 0)
        case .effect:
            let spread = total[Lane.treatmentSquare] - total[Lane.treatment] * total[Lane.treatment] / max(1, count)
            return espalier_forest_least(
                count: 2 * minimum, arm: minimum, information: settings.balance * max(0, spread))
        }
    }

    /// Whether two children could both have what they have to.
    func canSplit(_ total: SIMD8<Double>, _ settings: ForestSettings) -> Bool {
        let minimum = 2 * Double(settings.minimumNode)
        let treated = total[Lane.treated]
        switch self {
        case .outcome: return total[Lane.count] >= minimum
        case .effect: return treated >= minimum && total[Lane.count] - treated >= minimum
        }
    }
}
