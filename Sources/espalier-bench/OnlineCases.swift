import Foundation
import Runtime
import Simulation
import Statistics

/// `espalier-bench online [SEEDS]`: how much of the best hypervolume the next policies of an online test reach in worlds where the
/// log misleads more and more, against a process on the measured policies alone and against stopping at the picks. `online coverage`
/// measures how often intervals hold, `online launches` and `online speed` play the sample's (`OnlineStudyCases`).
enum OnlineCases {
    private struct World {
        let name: String
        let correlation: Double
        var arms = 3
        var outcomes = 2
        var novelty = 0.03
    }

    private static let worlds = [
        World(name: "rho .9", correlation: 0.9), World(name: "rho .6", correlation: 0.6),
        World(name: "rho 0", correlation: 0), World(name: "rho -.6", correlation: -0.6),
        World(name: "d = 5, rho .6", correlation: 0.6, arms: 4, outcomes: 3),
    ]
    private static let rounds = 5

    /// `espalier-bench online coverage [RUNS]`: how often what is told of rounds and launches holds.
    private static func coverage(runs: Int) throws {
        for claim in OnlineCoverage.allCases {
            let (share, claims) = try claim.measure(runs: runs, context: RunContext())
            let verdict = claim.goal.contains(share) ? "holds" : "DOES NOT HOLD"
            print(
                String(
                    format: "%@ %.3f of %d, to be %.3f to %.3f: %@",
                    claim.rawValue.padding(toLength: 18, withPad: " ", startingAt: 0), share, claims,
                    claim.goal.lowerBound, claim.goal.upperBound, verdict))
        }
        let best = OnlineCoverage.bestProbability(runs: runs)
        print(String(format: "P(best) says %.3f, true in %.3f", best.told, best.frequency))
    }

    static func run(_ arguments: [String]) throws {
        let count = arguments.dropFirst().first.flatMap { Int($0) }
        switch arguments.first {
        case "coverage": return try coverage(runs: count ?? 1_000)
        case "launches": return try OnlineStudyCases.launches(runs: count ?? 100)
        case "speed":
            var report = Report()
            return try OnlineStudyCases.speed(&report)
        default: break
        }
        let seeds = arguments.first.flatMap { Int($0) } ?? 20
        let chosen = worlds.filter { world in
            arguments.count < 2 || arguments.dropFirst().contains { world.name.contains($0) }
        }
        for world in chosen {
            let clock = ContinuousClock()
            let start = clock.now
            let runs = try Workers().map(seeds) { seed in
                let trial = OnlineTrial(
                    OnlineWorld(
                        correlation: world.correlation, armCount: world.arms, outcomeCount: world.outcomes,
                        novelty: world.novelty, seed: UInt64(seed + 1)), seed: UInt64(seed + 1))
                return try trial.run(
                    OnlineTrial.Method.allCases, rounds: rounds, context: RunContext(workers: Workers(count: 1)))
            }
            let seconds = Int((clock.now - start).components.seconds)
            print("\(world.name), \(seeds) seeds, \(seconds) s: share of the pool's hypervolume after each round")
            for method in OnlineTrial.Method.allCases {
                let cells = (0..<rounds).map { round -> String in
                    let moments = Moments(runs.compactMap { $0[method]?[round] })
                    return String(
                        format: "%.3f (%.3f)", moments.mean, moments.standardDeviation / Double(seeds).squareRoot())
                }
                print(
                    "  \(method.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0))\(cells.joined(separator: "  "))"
                )
            }
        }
    }
}
