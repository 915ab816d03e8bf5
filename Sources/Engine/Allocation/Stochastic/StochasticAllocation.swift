import Runtime
import Statistics

/// Multiple cooperative stochastic approximation (S0; METHODS 4.3): steps along a drawn gradient, of the objective while
/// the limits are estimated to be kept, else of a broken limit chosen at random; the answer averages the later iterates
/// that kept them. It buys safety of the limits, not value.
package struct StochasticAllocation: Sendable {
    package let problem: AllocationProblem
    package let settings: StochasticSettings
    private let errors: [EffectErrors]
    private let metric: StochasticSettings.Metric
    /// D, M_F and M_G of METHODS 4.3.
    private let diameter: Double
    private let objectiveSize: Double
    private let limitSizes: [Double]

    /// - Throws: `EspalierError` (.data) where the errors of the objective or of a limited outcome are not known.
    package init(_ problem: AllocationProblem, settings: StochasticSettings = StochasticSettings()) throws {
        errors = try problem.knownErrors(for: "the stochastic method", withObjective: true)
        self.problem = problem
        self.settings = settings
        let metric = settings.metric(for: problem)
        self.metric = metric
        diameter = metric == .cohorts ? Double(problem.cohortCount).squareRoot() : 2.0.squareRoot()
        let sizes = problem.outcomes.indices.map { outcome in
            let variances = problem.outcomes[outcome].errors?.variances
            var sum = 0.0
            for cell in problem.outcomes[outcome].means.indices {
                let mean = problem.outcomes[outcome].means[cell]
                let size = problem.sizes[cell / problem.armCount]
                sum += (metric == .cohorts ? size * size : size) * (mean * mean + (variances?[cell] ?? 0))
            }
            return sum.squareRoot()
        }
        objectiveSize = sizes[0]
        limitSizes = problem.limits.map { sizes[$0.outcome] }
    }

    /// - Throws: `CancellationError`; `EspalierError` (.internal) where CLP gives up.
    /// - Complexity: O(steps x cohorts x arms x limits).
    package func solve(context: RunContext = RunContext()) throws -> AllocationResult {
        let linear = try LinearAllocation.solve(problem)
        guard case .solved(let start) = linear else { return linear }
        let steps = max(1, settings.steps)
        let total = objectiveSize + limitSizes.reduce(0, +)
        // Nothing moves anything: every allocation is as good as another.
        guard total > 0 else { return linear }
        var stream = RandomStream(seed: settings.seed, purpose: "stochastic allocation")
        var x =
            settings.startsWarm
            ? start.shares.values
            : CohortShares.control(cohorts: problem.cohortCount, armCount: problem.armCount).values
        var average = [Double](repeating: 0, count: x.count)
        var averageWeight = 0.0
        var failures = [Int](repeating: 0, count: problem.limits.count)
        for step in 1...steps {
            if step % 64 == 0 {
                try context.cancellation.check()
                context.report(Progress(phase: "stochastic allocation", done: step, total: steps))
            }
            let root = Double(step).squareRoot()
            let length = settings.stepSize * diameter / (total * root)
            let broken = brokenLimits(x, root: root, stream: &stream)
            if 2 * step >= steps {
                for k in broken { failures[k] += 1 }
                if broken.isEmpty {
                    for cell in x.indices { average[cell] += length * x[cell] }
                    averageWeight += length
                }
            }
            if broken.isEmpty {
                move(&x, along: 0, by: length, stream: &stream)
            } else {
                let limit = problem.limits[broken[broken.count == 1 ? 0 : stream.index(below: broken.count)]]
                move(&x, along: limit.outcome, by: -limit.sign * length, stream: &stream)
            }
        }
        guard averageWeight > 0 else {
            return .solved(
                AllocationSolution(
                    start.shares, of: problem, prices: start.prices, iterations: steps,
                    standIn: cause(failures, steps: steps)))
        }
        return .solved(
            AllocationSolution(
                CohortShares(armCount: problem.armCount, values: average.map { $0 / averageWeight }), of: problem,
                prices: start.prices, iterations: steps))
    }

    /// The limits whose estimated excess is above the tolerance of this step. The mean of J draws of an excess, linear in
    /// the effects, is one normal with the standard error of the allocation over sqrt(J).
    private func brokenLimits(_ x: [Double], root: Double, stream: inout RandomStream) -> [Int] {
        let shares = CohortShares(armCount: problem.armCount, values: x)
        return problem.limits.indices.filter { k in
            let limit = problem.limits[k]
            let effects = problem.outcomes[limit.outcome].means
            var excess = limit.excess(of: shares.value(of: effects, sizes: problem.sizes))
            let error = errors[limit.outcome].standardError(of: shares.weights(sizes: problem.sizes))
            if error > 0 { excess += error / Double(max(1, settings.draws)).squareRoot() * stream.normal() }
            return excess > settings.tolerance * diameter * (objectiveSize + limitSizes[k]) / root
        }
    }

    /// One step along a draw of an outcome's effects, back on the simplices.
    private func move(_ x: inout [Double], along outcome: Int, by length: Double, stream: inout RandomStream) {
        var effects = problem.outcomes[outcome].means
        errors[outcome].add(to: &effects, stream: &stream)
        let arms = problem.armCount
        x.withUnsafeMutableBufferPointer { x in
            for cohort in problem.sizes.indices {
                let step = metric == .cohorts ? length * problem.sizes[cohort] : length
                let row = UnsafeMutableBufferPointer(rebasing: x[cohort * arms..<(cohort + 1) * arms])
                for arm in 0..<arms { row[arm] += step * effects[cohort * arms + arm] }
                SimplexProjection.project(row)
            }
        }
    }

    private func cause(_ failures: [Int], steps: Int) -> String {
        let worst = failures.indices.max { failures[$0] < failures[$1] } ?? 0
        let name = problem.outcomes[problem.limits[worst].outcome].name
        return "in none of the last \(steps - (steps + 1) / 2 + 1) steps all limits were estimated to be kept "
            + "(\(name) was broken in \(failures[worst]))"
    }
}

extension AllocationProblem {
    /// The errors of every outcome that counts; those of outcomes without a limit are empty.
    /// - Throws: `EspalierError` (.data) that names the outcome whose errors are missing.
    func knownErrors(for method: String, withObjective: Bool) throws -> [EffectErrors] {
        try outcomes.enumerated().map { index, outcome in
            if let errors = outcome.errors { return errors }
            let counts = index == 0 && withObjective || limits.contains { $0.outcome == index }
            guard !counts else {
                throw EspalierError(
                    .data, "\(method) needs the variances of the effects on \(outcome.name)",
                    remedy: "give them, or use the linear programme")
            }
            return EffectErrors(variances: outcome.means.map { _ in 0 })
        }
    }
}
