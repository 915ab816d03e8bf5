import Allocation
import Runtime
import Statistics

/// Methods compared over many simulated experiments of one world (METHODS 4.7).
package struct LaboratoryComparison: Sendable, Equatable {
    package let scenario: String
    package let oracle: LaboratoryOracle
    package let rows: [LaboratoryRow]
    package let unitsPerArm: Int
    /// Experiments at each noise level.
    package let replicates: Int
    package let seed: UInt64
    package let methods: [LaboratoryMethod]
    package let noise: [Double]
    /// By noise level, replicate and method: the value, and what it is worth over the oracle once violations are paid for.
    private let outcomes: [[[Outcome]]]

    private struct Outcome: Sendable, Equatable {
        let value: Double
        let relative: Double?
        let violation: Double
    }

    /// - Parameters:
    ///   - noise: levels W.
    ///   - seed: of replicate r it is seed + r.
    ///   - populationUnits: on which policies are judged.
    /// - Throws: `EspalierError`; `CancellationError`.
    package init<World: LaboratoryWorld>(
        _ world: World, noise: [Double], unitsPerArm: Int, replicates: Int, seed: UInt64,
        methods: [LaboratoryMethod] = LaboratoryMethod.allCases, populationUnits: Int = 10_000,
        context: RunContext = RunContext()
    ) throws {
        let population = LaboratoryPopulation(world, units: populationUnits, seed: seed)
        let oracle = try population.oracle(context: context)
        let (limits, name) = (world.limits, world.name)
        let done = Counter()
        let total = noise.count * replicates
        context.report(Progress(phase: "laboratory, scenario \(name)", done: 0, total: total))
        let trials = try context.workers.map(total) { index in
            try context.cancellation.check()
            let trial = LaboratoryTrial(
                world: world, noiseLevel: noise[index / replicates], unitsPerArm: unitsPerArm)
            // A trial is one piece of work: within it there is one thread, and nothing to report.
            let inner = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
            let values = try trial.run(
                methods, seed: seed &+ UInt64(index % replicates), population: population, context: inner)
            context.report(Progress(phase: "laboratory, scenario \(name)", done: done.next(), total: total))
            return values.map { Self.outcome($0, limits: limits, oracle: oracle) }
        }
        let outcomes = noise.indices.map { Array(trials[$0 * replicates..<($0 + 1) * replicates]) }
        scenario = name
        self.oracle = oracle
        self.unitsPerArm = unitsPerArm
        self.replicates = replicates
        self.seed = seed
        self.methods = methods
        self.noise = noise
        self.outcomes = outcomes
        rows = noise.indices.flatMap { level in
            methods.indices.map { method in
                Self.row(
                    outcomes[level].map { $0[method] }, scenario: name, noise: noise[level],
                    method: methods[method].name)
            }
        }
    }

    /// - Parameter values: by outcome.
    private static func outcome(
        _ values: [Double], limits: [AllocationLimit], oracle: LaboratoryOracle
    ) -> Outcome {
        let violations = limits.map { max(0, $0.excess(of: values[$0.outcome])) }
        let paid = zip(oracle.prices, violations).reduce(values[0]) { $0 - $1.0 * $1.1 }
        return Outcome(
            value: values[0], relative: oracle.value > 1e-9 ? paid / oracle.value : nil,
            violation: violations.max() ?? 0)
    }

    private static func row(_ outcomes: [Outcome], scenario: String, noise: Double, method: String) -> LaboratoryRow {
        let objective = Moments(outcomes.map(\.value))
        let relative = outcomes.compactMap(\.relative)
        return LaboratoryRow(
            scenario: scenario, noise: noise, method: method, value: objective.mean,
            standardError: objective.standardError, relative: relative.isEmpty ? nil : Moments(relative).mean,
            violation: Moments(outcomes.map(\.violation)).mean,
            feasibleShare: Double(outcomes.count { $0.violation == 0 }) / Double(max(1, outcomes.count)))
    }

    package func row(_ method: String, noise: Double) -> LaboratoryRow? {
        rows.first { $0.method == method && $0.noise == noise }
    }

    /// The method that is worth most at a noise level, and those that cannot be told from it. nil where the oracle gains nothing.
    package func best(noise level: Double) -> (method: String, others: [String])? {
        guard let best = rows.filter({ $0.noise == level }).best else { return nil }
        return (
            best.method,
            differences(from: best.method, noise: level).filter { !$0.isToldApart }.map(\.method)
        )
    }

    /// How far every other method is from one at a noise level; empty where that was not compared, or the oracle gains nothing.
    package func differences(from reference: String, noise level: Double) -> [LaboratoryDifference] {
        methods.map(\.name).filter { $0 != reference }.compactMap { method in
            difference(method, reference, noise: level).map {
                LaboratoryDifference(
                    scenario: scenario, noise: level, method: method, reference: reference, value: $0.value,
                    standardError: $0.standardError)
            }
        }
    }

    /// The mean difference of two methods in what they are worth over the oracle, on the same experiments, with its standard
    /// error, which one experiment does not give; nil where a method was not compared, or the oracle gains nothing.
    package func difference(_ first: String, _ second: String, noise level: Double) -> Estimate? {
        guard let row = noise.firstIndex(of: level), let a = methods.firstIndex(where: { $0.name == first }),
            let b = methods.firstIndex(where: { $0.name == second })
        else { return nil }
        let differences = outcomes[row].compactMap { outcomes -> Double? in
            guard let x = outcomes[a].relative, let y = outcomes[b].relative else { return nil }
            return x - y
        }
        guard !differences.isEmpty else { return nil }
        let moments = Moments(differences)
        return Estimate(
            value: moments.mean, standardError: differences.count > 1 ? moments.standardError : nil)
    }
}
