import Allocation
import Effects
import Experiments
import Groups
import Runtime
import Statistics

/// One experiment in the laboratory's world, and what the policy of every method would truly do.
package struct LaboratoryTrial<World: LaboratoryWorld>: Sendable {
    package let world: World
    /// W of METHODS 4.7.
    package let noiseLevel: Double
    package let unitsPerArm: Int
    /// Settings of the stochastic method but for the seed.
    package var stochastic = StochasticSettings()

    package init(world: World, noiseLevel: Double, unitsPerArm: Int) {
        self.world = world
        self.noiseLevel = noiseLevel
        self.unitsPerArm = unitsPerArm
    }

    /// The true mean effects of each method's policy, by outcome, in control means.
    /// - Parameter seed: of the experiment, the forests and the stochastic method; the same seed is the same units at every
    ///   noise level and in every scenario of one graph.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func run(
        _ methods: [LaboratoryMethod], seed: UInt64, population: LaboratoryPopulation, context: RunContext
    ) throws -> [[Double]] {
        let experiment = try LaboratoryExperiment(
            world, noiseLevel: noiseLevel, unitsPerArm: unitsPerArm, seed: seed)
        var values: [LaboratoryMethod: [Double]] = [:]
        let estimators = Set(methods.map(\.estimator))
        for estimator in [nil] + LaboratoryMethod.Estimator.allCases where estimators.contains(estimator) {
            let own = methods.filter { $0.estimator == estimator }
            switch estimator {
            case .forest:
                let effects = try MemberPredictions(experiment, seed: seed, context).causalForests(population.columns)
                values[own[0]] = try memberValues(effects, population, context)
            case .twoForests:
                let effects = try MemberPredictions(experiment, seed: seed, context).twoForests(population.columns)
                values[own[0]] = try memberValues(effects, population, context)
            default:
                let cohorts = try LaboratoryCohorts(experiment, estimator, population, context)
                let problem = try cohorts.problem(limits: world.limits)
                for method in own {
                    values[method] = try cohortValues(method, problem, cohorts, population, seed: seed, context)
                }
            }
        }
        return methods.map { values[$0] ?? [] }
    }

    private func cohortValues(
        _ method: LaboratoryMethod, _ problem: AllocationProblem, _ cohorts: LaboratoryCohorts,
        _ population: LaboratoryPopulation, seed: UInt64, _ context: RunContext
    ) throws -> [Double] {
        var settings = stochastic
        settings.seed = seed
        let result = try method.solver.solve(problem, stochastic: settings, context: context)
        let shares = (0..<problem.cohortCount).map { cohort in
            (0..<problem.armCount).map { arm in
                // Where the estimates allow nothing, nothing is changed.
                result.solution?.shares[cohort, arm] ?? (arm == 0 ? 1 : 0)
            }
        }
        return population.values(groups: cohorts.populationCohorts, shares: shares)
    }

    /// - Parameter effects: predicted, by outcome and arm - 1, of the population.
    private func memberValues(
        _ effects: [[Float]], _ population: LaboratoryPopulation, _ context: RunContext
    ) throws -> [Double] {
        let problem = try MemberProblem(
            effects: MemberEffects(armCount: world.arms.count, columns: effects), limits: world.limits)
        let solution = try MemberAllocation(problem).solve(context: context).solution
        let armCount = world.arms.count
        var shares = (0..<armCount).map { arm in (0..<armCount).map { $0 == arm ? 1.0 : 0 } }
        var groups = solution?.arms.map { Int32($0) } ?? Array(repeating: 0, count: population.count)
        for tie in solution?.ties ?? [] {
            for unit in tie.units { groups[Int(unit)] = Int32(shares.count) }
            shares.append(tie.shares)
        }
        return population.values(groups: groups, shares: shares)
    }
}
