import Ranking
import Runtime
import Statistics

/// What rankers, their intervals and the sensitivity figures say at one strength of an unmeasured confounder, beside what is true
/// (S4's third question): rankers are fitted on experiments whose propensities are estimated from the covariates, judged on as many
/// units again, and held against the true effects of fresh units.
package struct ConfoundedTrial: Sendable, Equatable {
    /// One ranker over all experiments.
    package struct Row: Sendable, Equatable, Codable {
        package let name: String
        /// The mean area that the judging units show; nil where it was never defined.
        package let area: Double?
        package let trueArea: Double
        /// Experiments whose 95% interval of the area holds the true one, of those that have an interval.
        package let areaCoverage: Double?
        /// Of targeting the best 30%, per unit of the whole.
        package let value: Double
        package let trueValue: Double
        package let valueCoverage: Double?
    }

    /// The average effect on the value, by inverse propensities, and how robust it is said to be: means over experiments.
    package struct Sensitivity: Sendable, Equatable, Codable {
        package let effect: Double
        package let trueEffect: Double
        package let robustness: Double
        package let robustnessOfLimit: Double
        package let eValue: Double
        package let eValueOfLimit: Double
    }

    package let strength: Double
    /// The strength that robustness is to be held against.
    package let confounder: ConfounderStrength
    package let sensitivity: Sensitivity
    package let rows: [Row]

    package static let share = 0.3
    private static let largeUnits = 100_000

    /// The rankers compared.
    package static var rankers: [any Ranker] {
        var residualised = DirectRanker.Settings()
        residualised.isResidualised = true
        var constrained = DirectRanker.Settings()
        constrained.selection = .constrained(share: 0.4)
        return [
            EffectRatioRanker(), EffectRatioRanker(.dr), PricedEffectRanker(), DirectRanker(),
            DirectRanker(residualised),
            DirectRanker(constrained),
        ]
    }

    /// - Parameters:
    ///   - units: that train, and as many that judge.
    /// - Throws: as rankers and curves do; `CancellationError`.
    /// - Complexity: O(experiments x units) for each ranker; experiments run in parallel.
    package init(
        _ family: ConfoundedFamily, units: Int, experiments: Int, seed: UInt64, rankers: [any Ranker] = Self.rankers,
        context: RunContext = RunContext()
    ) throws {
        strength = family.strength
        var stream = RandomStream(seed: seed, purpose: "confounded large")
        let large = family.draw(units: Self.largeUnits, from: &stream)
        confounder = ConfounderStrength(
            large.confounder, arm: large.observed.treated.map { $0 ? 1 : 0 }, value: large.observed.value,
            covariates: (0..<RankingFamily.featureCount).map { column in
                (0..<Self.largeUnits).map { large.observed.features[$0, column] }
            })
        let done = Counter()
        let phase = "laboratory, confounder of strength \(family.strength)"
        let results = try context.workers.map(experiments) { number in
            try context.cancellation.check()
            let result = try ConfoundedExperiment(
                family, units: units, rankers: rankers, seed: seed, number: number,
                context: RunContext(workers: Workers(count: 1), cancellation: context.cancellation))
            context.report(Progress(phase: phase, done: done.next(), total: experiments))
            return result
        }
        func mean(_ figure: (ConfoundedExperiment) -> Double) -> Double {
            results.reduce(0) { $0 + figure($1) } / Double(max(1, results.count))
        }
        sensitivity = Sensitivity(
            effect: mean(\.effect), trueEffect: mean(\.trueEffect), robustness: mean(\.robustness),
            robustnessOfLimit: mean(\.robustnessOfLimit), eValue: mean(\.eValue), eValueOfLimit: mean(\.eValueOfLimit))
        rows = rankers.indices.map { ranker in
            let own = results.map { $0.rankers[ranker] }
            func share(_ flags: [Bool?]) -> Double? {
                let known = flags.compactMap { $0 }
                return known.isEmpty ? nil : Double(known.count { $0 }) / Double(known.count)
            }
            let areas = own.compactMap(\.area)
            return Row(
                name: rankers[ranker].name, area: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count),
                trueArea: mean { $0.rankers[ranker].trueArea }, areaCoverage: share(own.map(\.coversArea)),
                value: mean { $0.rankers[ranker].value }, trueValue: mean { $0.rankers[ranker].trueValue },
                valueCoverage: share(own.map(\.coversValue)))
        }
    }
}
