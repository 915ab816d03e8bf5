import Foundation
import Policies
import Runtime

/// Searches the n + m - 2 parameters for the policies that cannot be beaten on tune: one protocol for every method, seeded,
/// step by step, to be stopped and gone on with at will, and the same on any number of threads.
package struct PolicySearch: Sendable {
    private let evaluator: PolicyEvaluator
    private let grids: ParameterGrids
    private let settings: SearchSettings
    /// Policies kept while searching; the front is thinned to its own limit at the end.
    private static let archiveLimit = 20_000
    /// The trace gets a point where evaluations have grown by this share, so that tracing stays a small part of the work.
    private static let traceGrowth = 1.05

    /// - Parameter evaluator: on tune; its own threads should be one, the search runs policies side by side.
    package init(evaluator: PolicyEvaluator, grids: ParameterGrids, settings: SearchSettings) {
        self.evaluator = evaluator
        self.grids = grids
        self.settings = settings
    }

    /// The oriented outcomes of every single arm, control first: what the default reference point is made of.
    package static func armValues(_ evaluator: PolicyEvaluator) -> [[Double]] {
        (0..<evaluator.space.armCount).map { arm in
            let profile = evaluator.moments(of: .everyone(arm: arm, in: evaluator.space))
            return zip(profile.outcomes, evaluator.space.outcomes).compactMap { moments, outcome in
                moments.map { outcome.sign * $0.value }
            }
        }
    }

    /// The whole search.
    /// - Parameter starts: policies to begin from, such as a front found before; they are kept unless beaten.
    /// - Throws: `CancellationError`.
    package func run(from starts: [PolicyKnobs] = [], reference: [Double], context: RunContext) throws -> ParetoFront {
        try runTraced(from: starts, reference: reference, context: context).front
    }

    /// The whole search, and its hypervolume by evaluations and seconds.
    /// - Throws: `CancellationError`.
    package func runTraced(
        from starts: [PolicyKnobs] = [], reference: [Double], context: RunContext
    ) throws -> (front: ParetoFront, trace: [TracePoint]) {
        var state = try begin(from: starts, reference: reference, context: context)
        while !state.isDone { try advance(&state, context: context) }
        return (front(of: state), state.trace)
    }

    /// A search that has met the single arms, where its method can name them, and the policies it is given.
    /// - Throws: `CancellationError`.
    package func begin(
        from starts: [PolicyKnobs] = [], reference: [Double], context: RunContext
    ) throws -> SearchState {
        let clock = ContinuousClock()
        let began = clock.now
        let problem = problem(reference)
        var state = SearchState(
            settings: settings, reference: reference, archive: FrontArchive(limit: Self.archiveLimit),
            strategy: SearchState.Strategy(problem, settings: settings))
        let measured = try problem.measure(anchors() + starts, context: context)
        state.archive.add(measured.compactMap { $0 }.filter(\.isFeasible).map(\.point))
        state.seconds = clock.seconds(since: began)
        trace(&state)
        return state
    }

    /// One step; cancelled, the state is as it was before. The last one also measures what the search recommends without having
    /// looked at it.
    /// - Throws: `CancellationError`.
    package func advance(_ state: inout SearchState, context: RunContext) throws {
        guard !state.isDone else { return }
        try context.cancellation.check()
        let clock = ContinuousClock()
        let began = clock.now
        let problem = problem(state.reference)
        var next = state
        let step = try next.strategy.step(
            problem, known: state.archive.points, limit: settings.evaluations - state.evaluations, context: context)
        next.archive.add(step.found)
        next.evaluations += max(1, step.evaluations)
        if next.isDone { next.archive.add(try next.strategy.recommended(problem, context: context)) }
        state = next
        state.seconds += clock.seconds(since: began)
        let last = state.trace.last?.evaluations ?? 0
        if state.isDone || Double(state.evaluations) >= Self.traceGrowth * Double(last) { trace(&state) }
        context.report(
            Progress(
                phase: "searching the front", done: min(state.evaluations, settings.evaluations),
                total: settings.evaluations,
                detail: state.trace.last.map { String(format: "hypervolume %.4g", $0.hypervolume) } ?? ""))
    }

    /// The front met so far, thinned to the limit of the settings.
    package func front(of state: SearchState) -> ParetoFront {
        var archive = state.archive
        archive.thin(to: settings.frontLimit)
        return ParetoFront(archive.points, reference: state.reference)
    }

    /// The front met so far and what the search recommends besides, as if it ended here.
    /// - Throws: `CancellationError`.
    package func recommended(of state: SearchState, context: RunContext) throws -> [FrontPoint] {
        var archive = state.archive
        archive.add(try state.strategy.recommended(problem(state.reference), context: context))
        return archive.points
    }

    private func problem(_ reference: [Double]) -> PolicyProblem {
        PolicyProblem(evaluator: evaluator, grids: grids, settings: settings, reference: reference)
    }

    /// The first outcome alone; where lines are searched with biases, control and every single arm too, as policies with
    /// biases too large to overcome.
    private func anchors() -> [PolicyKnobs] {
        let start = PolicyKnobs.start(in: evaluator.space)
        guard settings.method == .profiles else { return settings.method == .weights ? [start] : [] }
        let arms = (0..<evaluator.space.armCount).map { arm in
            PolicyKnobs.everyone(arm: arm, in: evaluator.space, grids: grids)
        }
        return [start] + arms
    }

    private func trace(_ state: inout SearchState) {
        var archive = state.archive
        // Volumes grow dear with the number of outcomes; beyond three the front as it would be shown has to do.
        if state.reference.count > 3 { archive.thin(to: settings.frontLimit) }
        state.trace.append(
            TracePoint(
                evaluations: state.evaluations, seconds: state.seconds,
                hypervolume: Hypervolume.approximate(archive.points.map(\.values), reference: state.reference),
                policies: state.archive.count))
    }
}

extension ContinuousClock {
    fileprivate func seconds(since start: Instant) -> Double {
        let passed = (now - start).components
        return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
    }
}
