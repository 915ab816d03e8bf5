import Allocation
import Runtime
import Statistics

/// One experiment in the laboratory's world, and what the policy of every method would truly do.
package struct LaboratoryTrial: Sendable {
    package let scenario: LaboratoryScenario
    /// W of METHODS 4.7.
    package let noiseLevel: Double
    package let unitsPerArm: Int

    package init(scenario: LaboratoryScenario, noiseLevel: Double, unitsPerArm: Int) {
        self.scenario = scenario
        self.noiseLevel = noiseLevel
        self.unitsPerArm = unitsPerArm
    }

    static let limits = (1..<LaboratoryScenario.outcomeCount).map {
        AllocationLimit(outcome: $0, sense: .atLeast, threshold: LaboratoryScenario.threshold)
    }

    /// The true mean effects of each method's policy, by outcome, in control means.
    /// - Parameters:
    ///   - seed: of the experiment and of the stochastic method; the same seed is the same units at every noise level and in
    ///     every scenario.
    ///   - stochastic: settings of the stochastic method but for the seed.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func run(
        _ methods: [LaboratoryMethod], seed: UInt64, population: LaboratoryPopulation,
        stochastic: StochasticSettings = StochasticSettings(), context: RunContext = RunContext()
    ) throws -> [[Double]] {
        let experiment = experiment(seed: seed)
        let cohorts = HeuristicCohorts(
            (0..<4).map { covariate in experiment.members.map { $0.covariates[covariate] } },
            parts: [2, 2, 2, 2])
        let sums = experiment.sums(cohorts)
        let problem = try AllocationProblem(
            armCount: LaboratoryScenario.armCount, sizes: sums.sizes,
            outcomes: CohortEffects.inherited.estimate(
                sums,
                leaves: CohortLeaves(
                    cohorts: cohorts.count, arms: LaboratoryScenario.armCount,
                    outcomes: LaboratoryScenario.outcomeCount),
                names: LaboratoryScenario.outcomes), limits: Self.limits)
        let cohortOf = population.members.map { cohorts.cohort($0.covariates) }
        var settings = stochastic
        settings.seed = seed
        return try methods.map { method in
            let result = try method.solver.solve(problem, stochastic: settings, context: context)
            guard let shares = result.solution?.shares else {
                throw EspalierError(.internal, "control breaks the laboratory's limits", remedy: "report it")
            }
            let rows = (0..<cohorts.count).map { cohort in (0..<shares.armCount).map { shares[cohort, $0] } }
            return population.values { rows[cohortOf[$0]] }
        }
    }

    private func experiment(seed: UInt64) -> LaboratoryExperiment {
        var stream = RandomStream(seed: seed, purpose: "laboratory experiment")
        return LaboratoryExperiment(
            members: (0..<unitsPerArm * LaboratoryScenario.armCount).map { _ in LaboratoryMember(&stream) },
            scenario: scenario, noiseLevel: noiseLevel)
    }
}

/// The units of an experiment, arms in turn, and what was observed.
struct LaboratoryExperiment {
    let members: [LaboratoryMember]
    let scenario: LaboratoryScenario
    let noiseLevel: Double

    func arm(_ unit: Int) -> Int { unit % LaboratoryScenario.armCount }

    /// The observed outcomes of a unit, in control means.
    func outcomes(_ unit: Int) -> [Double] {
        let member = members[unit]
        let control = member.controlOutcomes(noiseLevel: noiseLevel)
        guard arm(unit) > 0 else { return control }
        return zip(control, scenario.effects(member)[arm(unit) - 1]).map { $0 + $1 }
    }

    func sums(_ cohorts: HeuristicCohorts) -> CohortSums {
        var sums = CohortSums(
            cohortCount: cohorts.count, armCount: LaboratoryScenario.armCount,
            outcomeCount: LaboratoryScenario.outcomeCount)
        for unit in members.indices {
            let cohort = cohorts.cohort(members[unit].covariates)
            for (outcome, value) in outcomes(unit).enumerated() {
                sums.add(value, outcome: outcome, cohort: cohort, arm: arm(unit))
            }
        }
        return sums
    }
}
