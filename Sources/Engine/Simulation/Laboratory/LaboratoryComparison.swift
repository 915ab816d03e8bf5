import Allocation
import Runtime
import Statistics

/// Methods compared over many simulated experiments of one scenario (METHODS 4.7).
package struct LaboratoryComparison: Sendable, Equatable {
    /// What one method does at one noise level, over the replicates.
    package struct Row: Sendable, Equatable, Encodable {
        package let scenario: String
        package let noise: Double
        package let method: String
        /// Mean true effect on the objective, in control means, and its standard error.
        package let value: Double
        package let standardError: Double
        /// (value - prices x true violations) / oracle, the mean.
        package let relative: Double
        /// The largest true violation of a limit, the mean.
        package let violation: Double
        /// Share of the replicates whose policy truly keeps every limit.
        package let feasibleShare: Double
    }

    package let oracle: LaboratoryOracle
    package let rows: [Row]

    /// - Parameters:
    ///   - noise: levels W.
    ///   - seed: of replicate r it is seed + r.
    /// - Throws: `EspalierError`; `CancellationError`.
    package init(
        _ scenario: LaboratoryScenario, noise: [Double], unitsPerArm: Int, replicates: Int, seed: UInt64,
        methods: [LaboratoryMethod] = LaboratoryMethod.allCases, context: RunContext = RunContext()
    ) throws {
        let population = LaboratoryPopulation(scenario, seed: seed)
        let oracle = try population.oracle(context: context)
        let done = Counter()
        let total = noise.count * replicates
        let trials = try context.workers.map(total) { index in
            try context.cancellation.check()
            let trial = LaboratoryTrial(
                scenario: scenario, noiseLevel: noise[index / replicates], unitsPerArm: unitsPerArm)
            // A trial is one piece of work: within it there is one thread, and nothing to report.
            let inner = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
            let values = try trial.run(
                methods, seed: seed &+ UInt64(index % replicates), population: population, context: inner)
            context.report(
                Progress(phase: "laboratory, scenario \(scenario.rawValue)", done: done.next(), total: total))
            return values
        }
        self.oracle = oracle
        rows = noise.indices.flatMap { level in
            methods.indices.map { m in
                let values = trials[level * replicates..<(level + 1) * replicates].map { $0[m] }
                return Self.row(
                    values, oracle: oracle, scenario: scenario, noise: noise[level], method: methods[m])
            }
        }
    }

    /// - Parameter values: by replicate and outcome.
    private static func row(
        _ values: [[Double]], oracle: LaboratoryOracle, scenario: LaboratoryScenario, noise: Double,
        method: LaboratoryMethod
    ) -> Row {
        let violations = values.map { values in
            LaboratoryTrial.limits.map { max(0, $0.excess(of: values[$0.outcome])) }
        }
        let relative = zip(values, violations).map { values, violations in
            (values[0] - zip(oracle.prices, violations).reduce(0) { $0 + $1.0 * $1.1 }) / oracle.value
        }
        let objective = Moments(values.map { $0[0] })
        return Row(
            scenario: scenario.rawValue, noise: noise, method: method.rawValue, value: objective.mean,
            standardError: objective.standardError, relative: Moments(relative).mean,
            violation: Moments(violations.map { $0.max() ?? 0 }).mean,
            feasibleShare: Double(violations.count { $0.allSatisfy { $0 == 0 } }) / Double(max(1, violations.count)))
    }
}
