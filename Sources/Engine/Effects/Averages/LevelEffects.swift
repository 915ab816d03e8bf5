import Experiments
import Foundation
import Statistics

/// Effects on an outcome broken down by the levels of an event column: one test a level and arm, adjusted by Holm.
package enum LevelEffects {
    /// An adjusted p-value below this says that an arm moves a level.
    private static let significance = 0.05

    /// A finding for each outcome with two levels or more.
    /// - Parameter effects: average effects of all arms on all outcomes.
    package static func findings(_ effects: [AverageEffect], _ experiment: Experiment) -> [HealthFinding] {
        let levels = experiment.spec.outcomes.map { outcome -> LevelColumn? in
            guard case .column(let column) = outcome.source else { return nil }
            return LevelColumn(column)
        }
        var columns: [String] = []
        for level in levels { if let level, !columns.contains(level.column) { columns.append(level.column) } }
        return columns.compactMap { column in
            let own = effects.filter { levels[$0.outcome]?.column == column && $0.difference.standardError > 0 }
            let count = levels.count { $0?.column == column }
            guard count > 1, !own.isEmpty else { return nil }
            let p = own.map { effect in
                2 * Normal.cumulative(-abs(effect.difference.effect / effect.difference.standardError))
            }
            let adjusted = Holm.adjusted(p)
            let moved = zip(own, adjusted).filter { $1 < significance }.sorted { $0.1 < $1.1 }
            let listed = moved.prefix(3).map { effect, p in
                "\(levels[effect.outcome]?.level ?? "") by \(experiment.arms[effect.arm]) (p = \(String(format: "%.2g", p)))"
            }
            return HealthFinding(
                .outcomes, .ok,
                "over the \(count) levels of \(column), after Holm, "
                    + (moved.isEmpty
                        ? "no effect is sure at 5%"
                        : "\(moved.count) of \(own.count) effects \(moved.count == 1 ? "is" : "are") sure at 5%: "
                            + listed.joined(separator: ", ") + (moved.count > 3 ? " and \(moved.count - 3) more" : "")),
                details: zip(own, adjusted).map { effect, p in
                    HealthFinding.Detail(
                        "Holm p \(experiment.arms[effect.arm]) \(experiment.outcomes[effect.outcome].name)", p)
                })
        }
    }
}
