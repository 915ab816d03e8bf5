import Effects
import Experiments
import Groups
import IntegerSums
import Runtime
import Testing

/// The cohort table is made of sums: a list of integers gives the same one as units in memory.
@Suite struct CohortSumsTests {
    @Test(arguments: [false, true]) func cohortsFromAListOfIntegersEqualThoseFromMemory(varies: Bool) throws {
        let made = IntegerExperiment(units: 3_000, seed: 4, variesPropensity: varies)
        let (experiment, outline) = (made.experiment, made.experiment.outline)
        let settings = TreeSettings(maximumDepth: 3, minimumLeaf: 25)
        let context = RunContext(workers: Workers(count: 2))
        let binned = try BinnedCovariates(experiment, maximumBins: 16)
        let trees = try CausalTrees.grow(experiment, binned: binned, settings: settings, context: context)
        let (partition, _) = CohortPartition.find(
            leaves: trees.map { $0.leaves(of: binned) }, unitCount: experiment.unitCount,
            tuneCount: experiment.tuneCount)
        #expect(partition.tuples.count > 8)

        let listed = IntegerSums(made.units, codes: binned.codes)
        let others = try CausalTrees.grow(listed, outline, settings: settings, context: context)
        let answer = listed.answer(CohortPartition.request(others), context: context)
        #expect(CohortPartition(answer) == partition)
        let covariates = experiment.covariates.map { CovariateDescription($0) }
        #expect(
            CohortTable(CohortPartition(answer), trees: others, covariates: covariates, outcomeCount: 2)
                == CohortTable(partition, trees: trees, covariates: covariates, outcomeCount: 2))

        var memory = UnitSums(TrainingData(experiment), binned: binned, pruningFolds: settings.pruningFolds)
        let own = try memory.answer(CohortPartition.request(trees), context: context)
        #expect(CohortPartition(own) == partition)
    }

    @Test func aCohortOfConfirmUnitsAloneComesLast() {
        let leaves: [[UInt16]] = [[1, 0, 1, 0], [2, 0, 2, 1]]
        let partition = CohortPartition(LeafTuples(leaves, unitCount: 4).answer(tuneCount: 3))
        #expect(partition.tuples == [[1, 2], [0, 0], [0, 1]] && partition.units == [2, 1, 0])
        #expect(partition.index(of: [0, 1]) == 2 && partition.index(of: [1, 1]) == nil)
        #expect(CohortPartition.find(leaves: leaves, unitCount: 4, tuneCount: 3).of == [0, 1, 0, 2])
    }
}
