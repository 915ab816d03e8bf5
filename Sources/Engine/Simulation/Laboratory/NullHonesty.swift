import Allocation
import Runtime
import Statistics

/// How honest a reported gain is where no arm does anything: the value of the optimum in a heuristic cohort grid, as the optimiser
/// sees it and as the bootstrap corrects it (METHODS 4.6). The truth is 0 whatever is allocated.
package struct NullHonesty: Sendable, Equatable {
    /// How often the corrected interval covers 0.
    package let coverage: Double
    /// Means over experiments, in control means.
    package let plugIn: Double
    package let corrected: Double

    /// - Parameters:
    ///   - count: of experiments; the seed of experiment r is `seed` + r.
    ///   - noiseLevel: W of METHODS 4.7.
    /// - Throws: `EspalierError`; `CancellationError`.
    package static func run(
        count: Int, from seed: UInt64, unitsPerArm: Int = 500, noiseLevel: Double = 10, resamples: Int = 100,
        context: RunContext = RunContext()
    ) throws -> NullHonesty {
        guard let world = try LaboratoryScenario.bundled("null") else {
            throw EspalierError(.internal, "the null scenario is gone", remedy: "report it")
        }
        let population = LaboratoryPopulation(world, units: 100, seed: seed)
        let trials = try context.workers.map(count) { index -> (plugIn: Double, correction: Interval, value: Double) in
            try context.cancellation.check()
            let inner = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
            let experiment = try LaboratoryExperiment(
                world, noiseLevel: noiseLevel, unitsPerArm: unitsPerArm, seed: seed &+ UInt64(index))
            let cohorts = try LaboratoryCohorts(experiment, .heuristic, population, inner)
            let problem = try cohorts.problem(limits: world.limits)
            guard let solution = try LinearAllocation.solve(problem).solution else {
                throw EspalierError(.internal, "control breaks the laboratory's limits", remedy: "report it")
            }
            var bootstrap = OptimumBootstrap()
            bootstrap.resamples = resamples
            bootstrap.seed = seed &+ UInt64(index)
            let correction = try bootstrap.run(
                problem, solve: { try LinearAllocation.solve($0) },
                effects: { cohorts.resampledEffects(&$0) }, context: inner)
            let interval = correction.interval(solution.values[0], outcome: 0)
            return (solution.values[0], interval, correction.corrected(solution.values[0], outcome: 0))
        }
        let total = Double(max(1, count))
        return NullHonesty(
            coverage: Double(trials.count { $0.correction.contains(0) }) / total,
            plugIn: trials.reduce(0) { $0 + $1.plugIn } / total,
            corrected: trials.reduce(0) { $0 + $1.value } / total)
    }
}
