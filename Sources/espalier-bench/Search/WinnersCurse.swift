import Foundation
import Frontier
import Policies
import Runtime
import Studies

/// What the noise of the estimates costs a search by exact profiles that looks at very many policies, and what would win it
/// back. All of an archive counts in its hypervolume, so no better choice among the policies kept can help: only policies that
/// the noise has beaten could add to it.
enum WinnersCurse {
    private static let lines = 600
    private static let seeds = 1...3

    static func run(_ problem: TradeOffProblem, _ judge: TradeOffProblem.Judge, ceiling: Double) throws {
        func archive(_ workspace: PolicyWorkspace, _ method: SearchSettings.Method, _ lines: Int, _ seed: Int) throws
            -> [FrontPoint]
        {
            let evaluator = try workspace.evaluator(workers: Workers(count: 1))
            let search = PolicySearch(
                evaluator: evaluator, grids: workspace.grids,
                settings: SearchSettings(method: method, evaluations: lines, seed: UInt64(seed)))
            var state = try search.begin(
                reference: ReferencePoint.standard(arms: PolicySearch.armValues(evaluator)), context: RunContext())
            while !state.isDone { try search.advance(&state, context: RunContext()) }
            return state.archive.points
        }
        func note(_ what: String, _ fronts: [[FrontPoint]]) throws {
            let shares = try fronts.map { try judge.hypervolume($0) / ceiling }
            print(
                String(
                    format: "  %@: %.4f of the ceiling, %.0f policies", what, mean(shares),
                    mean(fronts.map { Double($0.count) })))
        }
        let evaluator = try problem.noisy.evaluator(workers: Workers(count: 1))
        let weights = try archive(problem.noisy, .weights, lines, 1)
        let found = try seeds.map { try archive(problem.noisy, .profiles, lines, $0) }
        try note("fronts with and without biases together, as on the screen", found.map { $0 + weights })
        try note("5,000 lines seeing the noise", [archive(problem.noisy, .profiles, 5_000, 1)])
        let believing = try seeds.map { try archive(problem.believing, .profiles, lines, $0) }
        try note("corrections shrunk to \(TradeOffProblem.believedShare) of their size, all kept", believing)
        try note(
            "those of them that the full estimates leave unbeaten",
            believing.map { points in
                let full = points.map { point in
                    evaluator.moments(of: LinearPolicy(point.knobs, in: evaluator.space)).outcomes.map {
                        $0?.value ?? -.infinity
                    }
                }
                return Dominance.front(full).map { points[$0] }
            })
    }
}
