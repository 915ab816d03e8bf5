import Runtime
import Simulation
import Statistics

/// `espalier-bench lab [REPLICATES]`: every method of the laboratory in every bundled scenario, 500 units an arm, and what has to
/// come out.
enum LaboratoryCases {
    private static let noise = [5.0, 10, 15, 20]

    static func run(replicates: Int) throws {
        var seconds = 0.0
        var claims: [(String, Bool)] = []
        for name in LaboratoryScenario.bundledNames {
            guard let world = try LaboratoryScenario.bundled(name) else { continue }
            let clock = ContinuousClock()
            let start = clock.now
            let comparison = try LaboratoryComparison(
                world, noise: noise, unitsPerArm: 500, replicates: replicates, seed: 1)
            let taken = Double((clock.now - start).components.seconds)
            seconds += taken
            print("scenario \(name): oracle \(comparison.oracle.value), \(Int(taken)) s")
            for row in comparison.rows {
                print(
                    "  W \(row.noise) \(row.method): value \(row.value) (SE \(row.standardError)), relative "
                        + "\(row.relative ?? 0), violation \(row.violation), feasible \(row.feasibleShare)")
            }
            differences(comparison)
            claims += self.claims(comparison)
        }
        let honesty = try NullHonesty.run(count: 10 * replicates, from: 1)
        print(
            "null: corrected gain covers 0 in \(honesty.coverage), plug-in gain \(honesty.plugIn), corrected \(honesty.corrected)"
        )
        claims.append(("null: the corrected gain covers 0 in at least .88", honesty.coverage >= 0.88))
        for (claim, holds) in claims { print("\(holds ? "holds" : "DOES NOT HOLD"): \(claim)") }
        print("\(seconds) s")
    }

    /// Paired differences in what methods are worth over the oracle, with their standard errors.
    private static func differences(_ comparison: LaboratoryComparison) {
        let others = ["two-forests.lp", "forest.lp", "trees.lp", "heuristic.lp"]
        for level in comparison.noise {
            for method in comparison.methods.map(\.name) where method != "global" {
                let cells = others.compactMap { other -> String? in
                    guard other != method, let difference = comparison.difference(method, other, noise: level)
                    else { return nil }
                    return "\(other) \(difference.value) (SE \(difference.standardError ?? 0))"
                }
                if !cells.isEmpty { print("  W \(level) \(method) over: \(cells.joined(separator: ", "))") }
            }
        }
    }

    private static func claims(_ comparison: LaboratoryComparison) -> [(String, Bool)] {
        func row(_ method: String, _ level: Double) -> LaboratoryRow? {
            comparison.row(method, noise: level)
        }
        switch comparison.scenario {
        case "2":
            let least =
                comparison.noise.map { level in
                    let global = row("global", level)?.value ?? 0
                    return comparison.rows.filter {
                        $0.noise == level && $0.method != "global" && !$0.method.hasSuffix(".chance")
                    }
                    .map { $0.value - global }.min() ?? 0
                }.min() ?? 0
            let heuristic = comparison.noise.compactMap { row("heuristic.stochastic", $0)?.violation }
            let forests = [15.0, 20].compactMap { row("two-forests.lp", $0)?.violation }
            return [
                ("2: every personalised method but chance above Global by more than 25 (least \(least))", least > 25),
                (
                    "2: heuristic stochastic violates at most .05 in the mean (\(heuristic))",
                    heuristic.reduce(0, +) / Double(max(1, heuristic.count)) <= 0.05
                ), ("2: two forests violate by 1 and more at W = 15, 20 (\(forests))", forests.allSatisfy { $0 >= 1 }),
            ]
        case "1":
            let heuristic = row("heuristic.lp", 20)?.relative ?? 0
            let forests = row("two-forests.lp", 20)?.relative ?? 0
            return [
                ("1: heuristic at least .93 at W = 20 (\(heuristic))", heuristic >= 0.93),
                ("1: and above two forests (\(forests))", heuristic > forests),
            ] + shrinkage(comparison)
        case "2s": return shrinkage(comparison)
        default: return []
        }
    }

    /// Whether shrunk effects are better than inherited ones by 2 standard errors.
    private static func shrinkage(_ comparison: LaboratoryComparison) -> [(String, Bool)] {
        comparison.noise.compactMap { level in
            comparison.difference("shrunk.lp", "trees.lp", noise: level).map { difference in
                let error = difference.standardError ?? 0
                return (
                    "\(comparison.scenario): shrunk over inherited by 2 SE at W = \(level) (\(difference.value), SE \(error))",
                    difference.value > 2 * error
                )
            }
        }
    }
}
