import Allocation
import Runtime
import Statistics

/// Methods compared over many simulated experiments of one world (METHODS 4.7).
package struct LaboratoryComparison: Sendable, Equatable {
    /// What one method does at one noise level, over the replicates.
    package struct Row: Sendable, Equatable, Encodable {
        package let scenario: String
        package let noise: Double
        package let method: String
        /// Mean true effect on the objective, in control means, and its standard error.
        package let value: Double
        package let standardError: Double
        /// (value - prices x true violations) / oracle, the mean; nil where the oracle gains nothing.
        package let relative: Double?
        /// The largest true violation of a limit, the mean.
        package let violation: Double
        /// Share of the replicates whose policy truly keeps every limit.
        package let feasibleShare: Double

        private enum CodingKeys: String, CodingKey {
            case scenario, noise, method, value, standardError, relative, violation, feasibleShare
        }

        /// A relative value that is missing is null: every row has every key.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(scenario, forKey: .scenario)
            try container.encode(noise, forKey: .noise)
            try container.encode(method, forKey: .method)
            try container.encode(value, forKey: .value)
            try container.encode(standardError, forKey: .standardError)
            try container.encode(relative, forKey: .relative)
            try container.encode(violation, forKey: .violation)
            try container.encode(feasibleShare, forKey: .feasibleShare)
        }
    }

    package let scenario: String
    package let oracle: LaboratoryOracle
    package let rows: [Row]
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

    private static func row(_ outcomes: [Outcome], scenario: String, noise: Double, method: String) -> Row {
        let objective = Moments(outcomes.map(\.value))
        let relative = outcomes.compactMap(\.relative)
        return Row(
            scenario: scenario, noise: noise, method: method, value: objective.mean,
            standardError: objective.standardError, relative: relative.isEmpty ? nil : Moments(relative).mean,
            violation: Moments(outcomes.map(\.violation)).mean,
            feasibleShare: Double(outcomes.count { $0.violation == 0 }) / Double(max(1, outcomes.count)))
    }

    package func row(_ method: String, noise: Double) -> Row? {
        rows.first { $0.method == method && $0.noise == noise }
    }

    /// The method that is worth most at a noise level, and those that cannot be told from it: whose paired difference is within 2
    /// standard errors. nil where the oracle gains nothing.
    package func best(noise level: Double) -> (method: String, others: [String])? {
        let own = rows.filter { $0.noise == level && $0.relative != nil }
        guard let best = own.max(by: { ($0.relative ?? 0) < ($1.relative ?? 0) }) else { return nil }
        let others = own.map(\.method).filter { method in
            guard method != best.method, let difference = difference(best.method, method, noise: level) else {
                return false
            }
            return difference.value <= 2 * (difference.standardError ?? 0)
        }
        return (best.method, others)
    }

    /// The mean difference of two methods in what they are worth over the oracle, on the same experiments, with its standard
    /// error; nil where a method was not compared, or the oracle gains nothing.
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
        return Estimate(value: moments.mean, standardError: moments.standardError)
    }
}
