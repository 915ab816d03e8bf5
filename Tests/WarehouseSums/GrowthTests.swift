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
    @Test(arguments: [8_000, 90_000]) func treesAreThoseFromMemory(units: Int) throws {
        let fixture = try WarehouseFixture(units: units)
        let warehouse = try WarehouseExperiment.read(
            spec: fixture.spec(), folder: fixture.folder, context: context)
        let memory = try Experiment.read(
            spec: fixture.spec(inMemory: true), folder: fixture.folder, context: context
        ).experiment
        #expect(warehouse.unitCount == units && memory.unitCount == units)
        #expect(warehouse.tuneCount == memory.tuneCount && warehouse.arms == memory.arms)
        #expect(warehouse.outline == memory.outline)
        let binned = try BinnedCovariates(memory, context: context)
        #expect(warehouse.sums.codes == binned.codes)
        #expect(warehouse.covariates == memory.covariates.map { CovariateDescription($0) })
        let settings = TreeSettings(memory.spec)
        let here = try CausalTrees.grow(memory, binned: binned, settings: settings, context: context)
        let there = try CausalTrees.grow(warehouse.sums, warehouse.outline, settings: settings, context: context)
        #expect(here.count == 6 && here.count { $0.leaves.count > 1 } > (units > 50_000 ? 2 : 0))
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
