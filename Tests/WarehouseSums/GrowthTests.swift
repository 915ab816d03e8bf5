import Effects
import Experiments
import Groups
import Runtime
import Testing
import WarehouseFixtures
import WarehouseSums
import Warehouses

/// Trees and cohorts of units that stay in DuckDB are those of the same units in memory: the same leaves, exact counts, and sums that
/// differ by the order of adding alone.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct GrowthTests {
    private let context = RunContext(workers: Workers(count: 2))

    /// 90,000 units, so that bins and scales are of a sample; 8,000, where they are of all.
    @Test(arguments: [8_000, 90_000], [WarehouseFixture.yaml, WarehouseFixture.ratioYAML])
    func treesAreThoseFromMemory(units: Int, yaml: String) throws {
        let fixture = try WarehouseFixture(units: units, further: WarehouseFixture.ratioColumns)
        let warehouse = try WarehouseExperiment.read(
            spec: fixture.spec(yaml), folder: fixture.folder, context: context)
        let memory = try Experiment.read(
            spec: fixture.spec(yaml, inMemory: true), folder: fixture.folder, context: context
        ).experiment
        #expect(warehouse.unitCount == memory.unitCount)
        #expect(
            warehouse.unitCount + memory.droppedCount == units && (memory.droppedCount > 0) == yaml.contains("drop"))
        #expect(warehouse.tuneCount == memory.tuneCount && warehouse.arms == memory.arms)
        #expect(warehouse.outline.isClose(to: memory.outline, isMade: yaml != WarehouseFixture.yaml))
        for (one, other) in zip(warehouse.sample.experiment.outcomes, memory.outcomes) {
            #expect(one.winsorizing?.clippedCount == other.winsorizing?.clippedCount)
            #expect(abs((one.winsorizing?.low ?? 0) - (other.winsorizing?.low ?? 0)) < 1e-12)
            // The limits of what is no ratio are values of the data.
            #expect(one.denominators != nil || one.winsorizing == other.winsorizing)
        }
        let binned = try BinnedCovariates(memory, context: context)
        #expect(warehouse.sums.codes == binned.codes)
        #expect(warehouse.covariates == memory.covariates.map { CovariateDescription($0) })
        let settings = TreeSettings(memory.spec)
        let here = try CausalTrees.grow(memory, binned: binned, settings: settings, context: context)
        let there = try CausalTrees.grow(warehouse.sums, warehouse.outline, settings: settings, context: context)
        #expect(
            here.count == 6
                && here.count { $0.leaves.count > 1 } > (units > 50_000 && yaml == WarehouseFixture.yaml ? 2 : 0))
        try expectEqual(here, there)
        let joint = try (
            JointTree.grow(memory, binned: binned, settings: settings, context: context),
            JointTree.grow(warehouse.sums, warehouse.outline, settings: settings, context: context)
        )
        try expectEqual(joint.0, joint.1)
        let cohorts = try CohortPartition.find(there, warehouse.sums, context: context)
        var provider = UnitSums(TrainingData(memory), binned: binned, pruningFolds: settings.pruningFolds)
        #expect(try cohorts == CohortPartition.find(here, provider, context: context))
        let averages = AverageEffect.request(warehouse.outline, over: .tune)
        var engine = warehouse.sums
        let (a, b) = try (engine.answer(averages, context: context), provider.answer(averages, context: context))
        #expect(zip(a.tables[0].sums, b.tables[0].sums).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) })
    }

    /// Effects adjusted by values before exposure, of which some are missing, over any split.
    @Test(arguments: [UnitGroup.tune, .confirm, .everyone]) func adjustedEffectsAreThoseFromMemory(group: UnitGroup)
        throws
    {
        let fixture = try WarehouseFixture(units: 70_000, further: "0.7 * revenue + x1 AS earlier")
        let yaml = WarehouseFixture.yaml.replacing("{name: revenue,", with: "{name: revenue, preperiod: earlier,")
            .replacing("{name: calls,", with: "{name: calls, preperiod: x2,")
        let warehouse = try WarehouseExperiment.read(spec: fixture.spec(yaml), folder: fixture.folder, context: context)
        let memory = try Experiment.read(
            spec: fixture.spec(yaml, inMemory: true), folder: fixture.folder, context: context
        ).experiment
        let units =
            switch group {
            case .tune: memory.tune
            case .confirm: memory.confirm
            default: 0..<memory.unitCount
            }
        let here = try AdjustedEffect.estimate(
            memory, over: units, plain: AverageEffect.estimate(memory, over: units), context: context
        ).filter { $0.method == .cuped }
        var sums = warehouse.sums
        let answer = try sums.answer(AverageEffect.request(warehouse.outline, over: group), context: context)
        let there = try warehouse.adjustedEffects(
            over: group, answer, plain: AverageEffect.estimate(warehouse.outline, from: answer), context: context)
        try #require(here.count == 4 && there.count == 4)
        #expect(here[0].varianceRatio < 0.9)
        for (one, other) in zip(here, there) {
            #expect(one.arm == other.arm && one.outcome == other.outcome)
            #expect(abs(one.difference.effect - other.difference.effect) <= 1e-9)
            #expect(abs(one.difference.standardError - other.difference.standardError) <= 1e-9)
            #expect(abs(one.varianceRatio - other.varianceRatio) <= 1e-8)
        }
    }

    private func expectEqual(_ here: [CausalTree], _ there: [CausalTree]) throws {
        for (one, other) in zip(here, there) {
            try #require(one.nodes.count == other.nodes.count)
            for (a, b) in zip(one.nodes, other.nodes) {
                #expect(a.split == b.split && a.left == b.left && a.leaf == b.leaf)
                #expect(
                    a.units == b.units && a.growingUnits == b.growingUnits && a.estimatingUnits == b.estimatingUnits)
                #expect(abs(a.estimate.effect - b.estimate.effect) <= 1e-9 * max(1, abs(a.estimate.effect)))
                #expect(abs(a.estimate.standardError - b.estimate.standardError) <= 1e-9)
            }
        }
    }
}
