import Runtime

/// Who may get what: cohorts, the effects of every arm on every outcome in them, and limits on the outcomes
/// (S0; METHODS section 4). The first outcome is maximised; arm 0 is control, which every cohort can have.
package struct AllocationProblem: Sendable, Equatable {
    package let armCount: Int
    /// Shares of the population, which sum to 1.
    package let sizes: [Double]
    /// The objective first.
    package let outcomes: [OutcomeEffects]
    package let limits: [AllocationLimit]

    package var cohortCount: Int { sizes.count }
    package var objective: OutcomeEffects { outcomes[0] }

    /// - Parameter sizes: on any scale.
    /// - Throws: `EspalierError` (.data): no cohort, one arm only, a size that is negative, sizes that are all 0, numbers
    ///   that are none, a negative variance.
    package init(
        armCount: Int, sizes: [Double], outcomes: [OutcomeEffects], limits: [AllocationLimit]
    ) throws {
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, remedy: remedy)
        }
        guard !sizes.isEmpty else { throw error("there is no cohort to allocate", "give at least one") }
        guard armCount > 1 else { throw error("control is the only arm", "give another arm to choose from") }
        guard sizes.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw error("a cohort's size is negative or no number", "give each its number or share of units")
        }
        let total = sizes.reduce(0, +)
        guard total > 0, total.isFinite else {
            throw error("the sizes of all cohorts are 0", "give each its number or share of units")
        }
        for outcome in outcomes {
            precondition(outcome.means.count == sizes.count * armCount)
            guard outcome.means.allSatisfy(\.isFinite) else {
                throw error("an effect on \(outcome.name) is no number", "give every cohort and arm an effect")
            }
            if let problem = outcome.errors?.problem {
                throw error("\(outcome.name) \(problem)", "give variances of the estimated effects")
            }
        }
        precondition(!outcomes.isEmpty && limits.allSatisfy { outcomes.indices.contains($0.outcome) })
        guard let limit = limits.first(where: { !$0.threshold.isFinite }) else {
            self.armCount = armCount
            self.sizes = sizes.map { $0 / total }
            self.outcomes = outcomes
            self.limits = limits
            return
        }
        throw error("the limit on \(outcomes[limit.outcome].name) is no number", "give a number")
    }

    private init(
        _ other: AllocationProblem, sizes: [Double], outcomes: [OutcomeEffects], limits: [AllocationLimit]
    ) {
        armCount = other.armCount
        self.sizes = sizes
        self.outcomes = outcomes
        self.limits = limits
    }

    /// The same cohorts with other thresholds, one for each limit.
    package func replacing(thresholds: [Double]) -> AllocationProblem {
        precondition(thresholds.count == limits.count && thresholds.allSatisfy(\.isFinite))
        let limits = zip(limits, thresholds).map {
            AllocationLimit(outcome: $0.outcome, sense: $0.sense, threshold: $1)
        }
        return AllocationProblem(self, sizes: sizes, outcomes: outcomes, limits: limits)
    }

    /// The same cohorts and limits with other effects.
    package func replacing(outcomes: [OutcomeEffects]) -> AllocationProblem {
        precondition(outcomes.count == self.outcomes.count)
        precondition(outcomes.allSatisfy { $0.means.count == cohortCount * armCount })
        return AllocationProblem(self, sizes: sizes, outcomes: outcomes, limits: limits)
    }

    /// Other cohorts of the same population under the same limits, without errors.
    func replacing(sizes: [Double], means: [[Double]]) -> AllocationProblem {
        let outcomes = zip(outcomes, means).map { OutcomeEffects(name: $0.name, means: $1) }
        return AllocationProblem(self, sizes: sizes, outcomes: outcomes, limits: limits)
    }

    /// The cell of a cohort and arm in every array of cohorts x arms.
    func cell(_ cohort: Int, _ arm: Int) -> Int { cohort * armCount + arm }

    /// The mean size of an outcome's effects, by which methods scale it; 1 where all are 0.
    func scale(of outcome: Int) -> Double {
        let means = outcomes[outcome].means
        var sum = 0.0
        for cohort in sizes.indices {
            for arm in 0..<armCount { sum += sizes[cohort] * abs(means[cell(cohort, arm)]) }
        }
        return sum > 0 ? sum : 1
    }
}
