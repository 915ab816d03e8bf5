import Experiments
import Policies
import Runtime
import Studies
import Testing
import WarehouseFixtures

/// Ratios and winsorised outcomes of units that stay in DuckDB: averages and policies of cohorts are worth what the same units say in
/// memory.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct RatioStudyTests {
    private let fixture: WarehouseFixture
    private let context = RunContext(workers: Workers(count: 2))

    init() throws { fixture = try WarehouseFixture(units: 60_000, further: WarehouseFixture.ratioColumns) }

    private func study(_ name: String, inMemory: Bool) throws -> Study {
        let yaml = WarehouseFixture.ratioYAML
        let spec = try fixture.writeSpec(
            inMemory ? yaml.replacing(", engine: duckdb", with: "") : yaml, as: name + ".yaml")
        return try Study.create(
            at: fixture.folder + "/\(name).espalier", fit: StudyFit.run(specPath: spec, context: context),
            workers: Workers(count: 2))
    }

    @Test func averagesAndPoliciesAreThoseFromMemory() throws {
        let study = try study("engine", inMemory: false)
        let memory = try self.study("memory", inMemory: true)
        #expect(study.description.caveats == memory.description.caveats && study.description.caveats?.isEmpty == false)
        #expect(study.space.outcomes.map(\.denominators) == memory.space.outcomes.map(\.denominators))
        #expect(study.space.outcomes[1].denominators != nil)
        for (one, other) in zip(study.description.averageEffects, memory.description.averageEffects) {
            #expect(one.controlCount == other.controlCount && one.armCount == other.armCount)
            expectClose(one.difference.effect, other.difference.effect)
            expectClose(one.difference.standardError, other.difference.standardError)
            expectClose(one.controlStandardError, other.controlStandardError)
            expectClose(one.lift?.standardError ?? 0, other.lift?.standardError ?? 0)
        }
        #expect(study.trees.cohorts.rows.map(\.rule) == memory.trees.cohorts.rows.map(\.rule))
        let count = study.trees.cohorts.rows.count
        try #require(count > 2)
        let distributions = (0..<count).map { cohort in
            [[1.0, 0, 0], [0, 1, 0], [0.25, 0.25, 0.5], [0, 0, 1]][cohort % 4]
        }
        for split in EvaluationSplit.allCases {
            for estimator in [Estimator.snips, .ips] {
                let values = try [study, memory].map { study in
                    let evaluator = try study.workspace.evaluator(split, estimator)
                    return evaluator.evaluate(
                        try ArmProbabilities(
                            distributions: distributions, indices: evaluator.units.map { study.units.cohorts[$0] }),
                        weights: [1, 1, 1])
                }
                #expect(values[0].units == values[1].units)
                for (a, b) in zip(values[0].outcomes, values[1].outcomes) {
                    expectClose(a.value ?? 0, b.value ?? 1)
                    expectClose(a.standardError ?? 0, b.standardError ?? 1)
                    expectClose(a.difference?.value ?? 0, b.difference?.value ?? 1)
                    expectClose(a.difference?.standardError ?? 0, b.difference?.standardError ?? 1)
                    expectClose(a.againstBestArm?.standardError ?? 0, b.againstBestArm?.standardError ?? 1)
                }
            }
        }
    }

    /// Propensities are Float32 in memory.
    private func expectClose(_ a: Double, _ b: Double) { #expect(abs(a - b) <= 1e-7 * max(1, abs(b)), "\(a) \(b)") }
}
