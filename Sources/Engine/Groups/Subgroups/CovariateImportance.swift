import Effects
import Experiments
import Runtime
import Statistics

/// How much the effect of an arm on an outcome differs along one covariate, on tune units.
package struct CovariateImportance: Sendable, Equatable, Codable {
    package let covariate: String
    /// The spread of the true effect between the covariate's groups, in the outcome's own unit: the variance of the groups'
    /// effects less what chance gives them, 0 where that is all.
    package let spread: Double
    /// The smallest and largest effect of any group.
    package let lowest: Double
    package let highest: Double
    /// Whether the effect differs between groups (robust).
    package let test: FTest
    /// Its p-value after Holm, and after Benjamini and Hochberg, over the covariates.
    package let holm: Double
    package let falseDiscovery: Double
}

extension CovariateImportance {
    /// Of every covariate that varies, the most telling first.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates), parallel over covariates.
    package static func rank(
        _ experiment: Experiment, arm: Int, outcome: Int, groups: Int = 4, context: RunContext = RunContext()
    ) throws -> [CovariateImportance] {
        let rows = try context.workers.map(experiment.covariates.count) { index -> Row? in
            try context.cancellation.check()
            let drill = try EffectDrillDown.run(
                experiment, arm: arm, outcome: outcome, by: [index], groups: groups,
                context: RunContext(workers: Workers(count: 1), cancellation: context.cancellation))
            guard let term = drill.variance.terms.first else { return nil }
            let cells = drill.cells.compactMap(\.estimate)
            let share = cells.reduce(0) { $0 + $1.share }
            let mean = cells.reduce(0) { $0 + $1.share * $1.effect.effect } / max(share, 1e-300)
            let spread = cells.reduce(0) { sum, cell in
                let weight = cell.share / max(share, 1e-300)
                let deviation = cell.effect.effect - mean
                let noise = cell.effect.standardError * cell.effect.standardError
                // A group pulls the mean towards itself: (1 - weight) of its noise is in the deviation.
                return sum + weight * (deviation * deviation - (1 - weight) * noise)
            }
            return Row(
                covariate: experiment.covariates[index].name, spread: max(0, spread).squareRoot(),
                lowest: cells.map(\.effect.effect).min() ?? 0, highest: cells.map(\.effect.effect).max() ?? 0,
                test: term.robust)
        }.compactMap { $0 }
        let p = rows.map(\.test.p)
        let (holm, discovery) = (Holm.adjusted(p), FalseDiscovery.adjusted(p))
        return rows.enumerated().map { index, row in
            CovariateImportance(
                covariate: row.covariate, spread: row.spread, lowest: row.lowest, highest: row.highest, test: row.test,
                holm: holm[index], falseDiscovery: discovery[index])
        }.sorted { ($0.test.p, -$0.spread) < ($1.test.p, -$1.spread) }
    }

    private struct Row: Sendable {
        let covariate: String
        let spread: Double
        let lowest: Double
        let highest: Double
        let test: FTest
    }
}
