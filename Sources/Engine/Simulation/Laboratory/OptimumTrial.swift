import Allocation
import Runtime
import Statistics

/// One simulated experiment for the bootstrap of the optimum: 16 cohorts, three arms and control, a limit that binds and one
/// that is slack; the true value of the chosen allocation is held against its corrected interval.
package struct OptimumTrial: Sendable {
    package var unitsPerArm = 800
    package var resamples = 200
    /// Shrunk effects are drawn to those of four leaves of four cohorts each.
    package var effects = CohortEffects.inherited

    package init() {}

    static let cohortCount = 16
    static let armCount = 4
    static let limits = [
        AllocationLimit(outcome: 1, sense: .atMost, threshold: 0.1),
        AllocationLimit(outcome: 2, sense: .atMost, threshold: 0.5),
    ]

    /// What one experiment showed, by outcome: the objective, the binding and the slack limit.
    package struct Outcome: Sendable, Equatable {
        /// Whether the interval covers the true value.
        package var covered: [Bool] = []
        /// The plug-in value's distance from the truth.
        package var error: [Double] = []
        package var optimism: [Double] = []
    }

    /// - Throws: `EspalierError`, which no seed has been seen to bring about.
    package func run(seed: UInt64) throws -> Outcome {
        var stream = RandomStream(seed: seed, purpose: "optimum trial")
        let cells = Self.cohortCount * Self.armCount
        // The objective gains, the first limited outcome costs, the second hardly costs.
        let truth = zip([0.1, 0.2, 0], [0.2, 0.2, 0.1]).map { centre, spread in
            (0..<cells).map { $0 % Self.armCount == 0 ? 0 : centre + spread * stream.normal() }
        }
        let count = unitsPerArm * Self.armCount
        let arms = (0..<count).map { UInt8($0 % Self.armCount) }
        let cohorts = (0..<count).map { _ in Int32(stream.index(below: Self.cohortCount)) }
        let outcomes = truth.map { effects in
            (0..<count).map { Float(effects[Int(cohorts[$0]) * Self.armCount + Int(arms[$0])] + stream.normal()) }
        }
        let units = CohortUnits(
            cohortCount: Self.cohortCount, cohorts: cohorts, armCount: Self.armCount, arms: arms,
            outcomes: outcomes)
        let estimates = estimated(units.sums)
        let problem = try AllocationProblem(
            armCount: Self.armCount, sizes: (0..<Self.cohortCount).map { _ in 1 }, outcomes: estimates,
            limits: Self.limits)
        guard let solution = try LinearAllocation.solve(problem).solution else { return Outcome() }
        var bootstrap = OptimumBootstrap()
        bootstrap.resamples = resamples
        bootstrap.seed = seed
        let correction = try bootstrap.run(
            problem, solve: { try LinearAllocation.solve($0) },
            effects: { estimated(units.resampled(&$0), holding: estimates) },
            context: RunContext(workers: Workers(count: 1)))
        var outcome = Outcome()
        for k in truth.indices {
            let value = solution.shares.value(of: truth[k], sizes: problem.sizes)
            outcome.covered.append(correction.interval(solution.values[k], outcome: k).contains(value))
            outcome.error.append(solution.values[k] - value)
            outcome.optimism.append(correction.optimism(outcome: k))
        }
        return outcome
    }

    private func estimated(_ sums: CohortSums, holding held: [OutcomeEffects]? = nil) -> [OutcomeEffects] {
        let own = CohortLeaves(cohorts: Self.cohortCount, arms: Self.armCount, outcomes: 3)
        let shared = CohortLeaves(
            leafOf: own.leafOf.map { arms in arms.map { cohorts in cohorts.map { $0 / 4 } } })
        return effects.estimate(
            sums, leaves: effects == .shrunk ? shared : own, names: ["objective", "binding", "slack"], holding: held)
    }
}

/// Shares over many trials, by outcome.
package struct OptimumTally: Sendable, Equatable {
    /// How often the interval covers the truth.
    package let coverage: [Double]
    /// The share of the plug-in's mean error that the bootstrap removes.
    package let removed: [Double]
    /// The plug-in's mean error.
    package let optimism: [Double]

    /// Runs trials of consecutive seeds.
    package static func run(
        _ trial: OptimumTrial, count: Int, from seed: UInt64 = 1, workers: Workers = Workers()
    ) throws -> OptimumTally {
        let outcomes = try workers.map(count) { try trial.run(seed: seed + UInt64($0)) }
        let total = Double(max(1, count))
        func mean(_ value: (OptimumTrial.Outcome) -> [Double], _ k: Int) -> Double {
            outcomes.reduce(0) { $0 + value($1)[k] } / total
        }
        return OptimumTally(
            coverage: (0..<3).map { k in outcomes.reduce(0) { $0 + ($1.covered[k] ? 1 : 0) } / total },
            removed: (0..<3).map { mean(\.optimism, $0) / mean(\.error, $0) },
            optimism: (0..<3).map { mean(\.error, $0) })
    }
}
