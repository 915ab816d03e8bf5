import Allocation
import Runtime
import Simulation
import Statistics

/// How long allocations take, and `espalier-bench optimum`: what they are worth.
enum AllocationCases {
    static func run(_ report: inout Report) throws {
        let (units, arms, limits) = (1_000_000, 4, 3)
        let members = try MemberProblem(
            effects: MemberEffects(armCount: arms, columns: columns(units: units, arms: arms, limits: limits)),
            limits: upper(limits))
        var seconds = 0.0
        let bytes = units * (arms - 1) * (limits + 1) * 4
        let read = Stopwatch.plainRead(bytes: bytes)
        seconds = try Stopwatch.userSeconds {
            _ = try MemberAllocation(members).solve(context: RunContext(workers: Workers(count: 1)))
        }
        report.add(
            "allocation unit by unit, CPU", "\(units) x \(arms) x \(limits)", milliseconds: seconds * 1e3, read: read)
        for cohorts in [250, 5_000] {
            let problem = try linear(cohorts: cohorts, arms: arms, limits: limits)
            report.add(
                "allocation by linear programme", "\(cohorts) x \(arms) x \(limits)",
                milliseconds: try Stopwatch.median { _ = try LinearAllocation.solve(problem) })
        }
        let problem = try linear(cohorts: 250, arms: arms, limits: limits)
        report.add(
            "objective along a limit, 41 points", "250 x \(arms) x \(limits)",
            milliseconds: try Stopwatch.median { _ = try LimitCurve(of: problem, along: 1, count: 41) })
        report.add(
            "stochastic allocation, 1000 steps", "250 x \(arms) x \(limits)",
            milliseconds: try Stopwatch.median(3) { _ = try StochasticAllocation(problem).solve() })
    }

    /// `espalier-bench optimum [EXPERIMENTS]`: coverage and optimism of the bootstrap of the optimum.
    static func optimum(experiments: Int) throws {
        for effects in CohortEffects.allCases {
            var trial = OptimumTrial()
            trial.effects = effects
            var tally: OptimumTally?
            let seconds = try Stopwatch.userSeconds { tally = try OptimumTally.run(trial, count: experiments) }
            guard let tally else { continue }
            print("\(effects.rawValue) effects, \(experiments) experiments in \(Int(seconds)) CPU s")
            for (k, name) in ["objective", "binding limit", "slack limit"].enumerated() {
                print(
                    "  \(name): covered \(tally.coverage[k]), optimism \(tally.optimism[k]), "
                        + "of which the bootstrap removes \(tally.removed[k])")
            }
        }
    }

    private static func upper(_ count: Int) -> [AllocationLimit] {
        (1...count).map { AllocationLimit(outcome: $0, sense: .atMost, threshold: 0.05) }
    }

    private static func columns(units: Int, arms: Int, limits: Int) -> [[Float]] {
        var stream = RandomStream(seed: 1, purpose: "allocation")
        return (0...limits).flatMap { outcome in
            (1..<arms).map { _ in (0..<units).map { _ in Float(stream.uniform() - (outcome == 0 ? 0.3 : 0.2)) } }
        }
    }

    private static func linear(cohorts: Int, arms: Int, limits: Int) throws -> AllocationProblem {
        var stream = RandomStream(seed: 2, purpose: "allocation")
        let outcomes = (0...limits).map { (outcome: Int) -> OutcomeEffects in
            let means = (0..<cohorts * arms).map { (cell: Int) -> Double in
                cell % arms == 0 ? 0 : stream.uniform() - (outcome == 0 ? 0.3 : 0.2)
            }
            let variances: [Double] = (0..<cohorts * arms).map { $0 % arms == 0 ? 0 : 0.01 }
            return OutcomeEffects(name: "u\(outcome)", means: means, errors: EffectErrors(variances: variances))
        }
        return try AllocationProblem(
            armCount: arms, sizes: (0..<cohorts).map { _ in 0.5 + stream.uniform() }, outcomes: outcomes,
            limits: upper(limits))
    }
}
