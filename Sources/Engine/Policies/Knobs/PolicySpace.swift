import Experiments

/// What every policy of one experiment is expressed in: its arms, its outcomes and the average effects on tune.
package struct PolicySpace: Sendable, Equatable, Codable {
    /// An outcome as policies see it.
    package struct Outcome: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction
        package let threshold: Threshold?
        /// Centre and scale of the stored columns: value = centre + scale * stored.
        package let centre: Double
        package let scale: Double
        /// What clusters do to the errors of averages; nil where units are independent.
        package let clustering: Clustering?
        /// Of a ratio; nil for other outcomes.
        package let denominators: Denominators?
        /// Of an index of surrogates; nil for other outcomes.
        package let indexError: IndexError?

        package init(
            name: String, direction: Direction, threshold: Threshold?, centre: Double, scale: Double,
            clustering: Clustering? = nil, denominators: Denominators? = nil, indexError: IndexError? = nil
        ) {
            self.indexError = indexError
            self.clustering = clustering
            self.denominators = denominators
            self.name = name
            self.direction = direction
            self.threshold = threshold
            self.centre = centre
            self.scale = scale
        }

        /// s_j.
        package var sign: Double { direction.sign }

        /// What enters the error of an arm's effect on a group of units, the arm at least 1.
        package func errorTerms(ofArm arm: Int) -> ErrorTerms {
            ErrorTerms(ofArm: arm, clustering: clustering, denominators: denominators, indexError: indexError)
        }

        /// What its threshold asks of a policy; nil without one.
        package var limit: LimitRule? { LimitRule(threshold, sign: sign) }
    }

    /// Arm names, control first.
    package let arms: [String]
    package let outcomes: [Outcome]
    /// ATE_ij on tune, net of arm costs, in the outcome's unit: arms x outcomes, zeros for control.
    package let averageEffects: [[Double]]
    /// Control means on tune, net of arm costs, one per outcome.
    package let controlMeans: [Double]

    package init(arms: [String], outcomes: [Outcome], averageEffects: [[Double]], controlMeans: [Double]) {
        precondition(averageEffects.count == arms.count && controlMeans.count == outcomes.count)
        precondition(averageEffects.allSatisfy { $0.count == outcomes.count })
        self.arms = arms
        self.outcomes = outcomes
        self.averageEffects = averageEffects
        self.controlMeans = controlMeans
    }

    package var armCount: Int { arms.count }
    package var outcomeCount: Int { outcomes.count }
    /// The error that an index of surrogates brings to the difference from control of giving the arms to such shares of the units; nil
    /// for other outcomes.
    func indexContrast(_ outcome: Int, shares: [Double]) -> IndexError.Contrast? {
        outcomes[outcome].indexError?.contrast(shares: shares, effects: averageEffects.map { $0[outcome] })
    }

    package var hasLimits: Bool { outcomes.contains { $0.limit != nil } }

    /// The single arm with the highest sum_j w_j s_j ATE_ij among those whose average effects keep every threshold.
    /// Control always does. The same arm is compared with on tune and on confirm (METHODS section 2).
    package func bestArm(weights: [Double]) -> Int {
        var best = 0
        var bestUtility = 0.0
        for arm in 1..<max(1, armCount) where keepsThresholds(arm) {
            var utility = 0.0
            for (j, outcome) in outcomes.enumerated() {
                utility += weights[j] * outcome.sign * averageEffects[arm][j]
            }
            if utility > bestUtility {
                bestUtility = utility
                best = arm
            }
        }
        return best
    }

    /// Whether the arm, given to everyone, keeps every threshold by its average effects.
    package func keepsThresholds(_ arm: Int) -> Bool { brokenLimits(arm).isEmpty }

    /// The outcomes whose limits the arm, given to everyone, breaks by its average effects.
    package func brokenLimits(_ arm: Int) -> [Int] {
        outcomes.indices.filter { j in
            guard let limit = outcomes[j].limit else { return false }
            return !limit.isKept(byDifference: averageEffects[arm][j], from: controlMeans[j])
        }
    }

    /// The arm besides control that does best on an outcome when given to everyone, limits or not; ties go to the later arm.
    package func bestTreatment(on outcome: Int) -> Int {
        (1..<armCount).max { orientedEffect($0, outcome) < orientedEffect($1, outcome) } ?? 1
    }

    /// s_j ATE_ij.
    package func orientedEffect(_ arm: Int, _ outcome: Int) -> Double {
        outcomes[outcome].sign * averageEffects[arm][outcome]
    }
}
