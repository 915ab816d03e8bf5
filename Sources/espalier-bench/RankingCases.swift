import Foundation
import Frames
import Ranking
import Runtime
import Simulation
import Statistics
import Workbench

/// `espalier-bench ranking [curve|families|coverage|slider|confounded]`: value against cost.
enum RankingCases {
    static func run(parts: Set<String>) throws {
        func wants(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
        if wants("curve") { try speed() }
        if wants("families") {
            for units in [2_000, 500] { try families(units: units) }
        }
        if wants("coverage") { try coverage() }
        if wants("slider") { try slider(units: 1_000_000) }
        if wants("confounded") { try confounded() }
    }

    /// A million units with ten covariates.
    private static func speed() throws {
        var stream = RandomStream(seed: 1)
        let drawn = RankingFamily.base.draw(units: 1_000_000, from: &stream)
        let evaluation = try EvaluationSample(treated: drawn.treated, value: drawn.value, cost: drawn.cost)
        let scores = (0..<1_000_000).map { drawn.features[$0, 0] }
        try measure("cost curve, band of 200 bootstraps", "1000000") {
            _ = try CurveEstimate(scores: scores, sample: evaluation, replicates: 200)
        }
        let sample = try RankingSample(
            features: drawn.features, treated: drawn.treated, propensity: drawn.treated.map { _ in 0.5 },
            value: drawn.value, cost: drawn.cost)
        for ranker in [DirectRanker(), EffectRatioRanker()] as [any Ranker] {
            try measure(ranker.name, "1000000 x 10") { _ = try ranker.fit(sample, context: RunContext()) }
        }
    }

    /// The median time of three runs, and the processor time of one.
    private static func measure(_ name: String, _ size: String, _ body: () throws -> Void) throws {
        var wall = 0.0
        let processor = try Stopwatch.userSeconds { wall = try Stopwatch.median(3, body) } / 3
        var report = Report()
        report.add(name, size, seconds: processor, note: String(format: "%.2f s", wall / 1e3))
    }

    /// True areas over ten seeds, and what differs from the best by max-t.
    private static func families(units: Int) throws {
        let rankers: [any Ranker] = [EffectRatioRanker(), EffectRatioRanker(.dr), PricedEffectRanker()] + direct
        print("true AUCC, \(units) units, 10 seeds; * differs from \(rankers[0].name) at 5% (max-t)")
        for family in RankingFamily.allCases {
            let trial = try RankingTrial(family, rankers: rankers, units: units, seeds: 0..<10)
            let differences = [nil] + trial.differences(from: 0).map(Optional.some)
            print(family.rawValue)
            for (index, name) in trial.names.enumerated() {
                let column = name.padding(toLength: 30, withPad: " ", startingAt: 0)
                var line = String(
                    format: "  %@ %.3f  worst %.3f", column, trial.means[index], trial.areas[index].min() ?? 0)
                if let difference = differences[index] {
                    line += String(
                        format: "  %+.3f (SE %.3f, p %.3f)%@", difference.mean, difference.standardError, difference.p,
                        difference.p < 0.05 ? " *" : "")
                }
                print(line)
            }
            let oracle = trial.oracle.reduce(0, +) / Double(trial.oracle.count)
            print(
                String(
                    format: "  oracle %.3f; %@ is at %.3f of the best", oracle, trial.names[0],
                    trial.means[0] / (trial.means.max() ?? 1)))
        }
    }

    private static var direct: [any Ranker] {
        let changes: [(inout DirectRanker.Settings) -> Void] = [
            { _ in }, { $0.isResidualised = true }, { $0.hiddenUnits = 8 },
            {
                $0.hiddenUnits = 8
                $0.isResidualised = true
            },
            { $0.selection = .constrained(share: 0.4) },
            {
                $0.selection = .constrained(share: 0.4)
                $0.isResidualised = true
            },
        ]
        return changes.map { change in
            var settings = DirectRanker.Settings()
            change(&settings)
            return DirectRanker(settings)
        }
    }

    private static func coverage() throws {
        print("95% intervals over 500 experiments; binomial SE 1.0")
        for (family, units) in [
            (RankingFamily.base, 2_000), (.base, 10_000), (.binary, 10_000), (.linearIndex, 10_000),
        ] {
            let coverage = try AreaCoverage(family, units: units, experiments: 500)
            print(
                String(
                    format: "  %@, %d units: area %.1f%%, value of the best 30%% %.1f%%, unbounded %d", family.rawValue,
                    units, 100 * Double(coverage.areaCovered) / Double(max(1, coverage.bounded)),
                    100 * Double(coverage.valueCovered) / Double(max(1, coverage.bounded)),
                    coverage.experiments - coverage.bounded))
        }
        for (family, units) in [(RankingFamily.base, 4_000), (.binary, 10_000)] {
            let coverage = try BudgetCoverage(family, units: units, experiments: 500)
            let count = Double(coverage.bounded)
            print(
                String(
                    format:
                        "  %@, %d units of tune and of confirm, R ratio: on confirm area %.1f%%, value at a share %.1f%%, "
                        + "at a cost %.1f%%, unbounded %d",
                    family.rawValue, units, 100 * Double(coverage.areaCovered) / count,
                    100 * Double(coverage.shareCovered) / count, 100 * Double(coverage.costCovered) / count,
                    coverage.experiments - coverage.bounded))
        }
        for clusters in [20, 50, 200] {
            let coverage = try ClusterCurveCoverage(clusters: clusters, unitsPerCluster: 20, experiments: 500)
            print(
                String(
                    format:
                        "  %d clusters of 20 units: area %.1f%% (by units %.1f%%), value of the best 30%% %.1f%% (%.1f%%), "
                        + "unbounded %d",
                    clusters, 100 * coverage.area, 100 * coverage.areaByUnits, 100 * coverage.value,
                    100 * coverage.valueByUnits, coverage.unbounded))
        }
    }

    /// Key to frame while a budget is moved, and how long until what it does to every outcome is known.
    private static func slider(units: Int) throws {
        let bench = try BenchSession(units: units)
        defer { bench.close() }
        let session = bench.session
        let ranking = try Stopwatch.times(1) {
            for key in try Key.parse("8c") { session.type(key) }
            session.settle()
        }
        var report = Report()
        report.add("Budget, units ranked by all rankers", "\(units)", milliseconds: ranking[0])
        var presses = 0
        var effects: [Double] = []
        let frames = (0..<100).map { _ in
            presses += 1
            let key = Key.character(presses % 40 < 20 ? "l" : "h")
            let frame = Stopwatch.times(1) {
                session.type(key)
                _ = session.frame(width: 200, height: 60, glyphs: .unicode)
            }[0]
            effects.append(frame + Stopwatch.times(1) { session.settle() }[0])
            return frame
        }.sorted()
        effects.sort()
        report.add("Budget, slider's key to frame, p99", "\(units)", milliseconds: frames[98])
        report.add("Budget, slider's key to all outcomes, p50", "\(units)", milliseconds: effects[50])
    }

    private static func confounded() throws {
        print("2,000 units, 100 experiments: what is said and what is true")
        for strength in [0, 0.5, 1, 2] {
            let trial = try ConfoundedTrial(
                ConfoundedFamily(strength: strength), units: 2_000, experiments: 100, seed: 1)
            print("strength \(strength): confounder \(trial.confounder), sensitivity \(trial.sensitivity)")
            for row in trial.rows { print("  \(row)") }
        }
    }
}
