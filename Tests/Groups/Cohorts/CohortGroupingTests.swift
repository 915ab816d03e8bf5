import Effects
import Experiments
import Foundation
import Groups
import IntegerSums
import Runtime
import Testing

@Suite struct CohortGroupingTests {
    private let settings = TreeSettings(maximumDepth: 3, minimumLeaf: 40)

    private func find(_ kind: CohortKind, _ sample: CohortSample) throws -> (CohortGrouping, of: [UInt32]) {
        try CohortGrouping.find(kind, sample.experiment, binned: sample.binned, settings: settings)
    }

    private func kind(_ text: String) throws -> CohortKind { try CohortKind(text) }

    /// Merged cohorts are what merging the trees' leaves gives.
    @Test func mergedCohortsAreThoseOfTheTrees() throws {
        let sample = try CohortSample()
        let (found, cohortOf) = try find(.merged, sample)
        #expect(found.table == sample.table && cohortOf == sample.cohortOf)
        #expect(found.armCount == 3 && found.outcomeCount == 2)
        // Several cohorts share a leaf, and its estimate.
        #expect(Set(found.leafOf[0][0]).count < found.cohortCount)
    }

    @Test(arguments: ["merged", "joint", "heuristic:x0:4,x1"])
    func everyUnitIsInTheCohortOfItsPoint(text: String) throws {
        let sample = try CohortSample()
        let (found, cohortOf) = try find(kind(text), sample)
        #expect(found.kind.description == (text.hasSuffix("x1") ? text + ":2" : text))
        #expect(found.cohortCount > 2)
        #expect(found.table.rows.map(\.units).reduce(0, +) == sample.experiment.tuneCount)
        var counts = [Int](repeating: 0, count: found.cohortCount)
        for unit in 0..<sample.experiment.unitCount {
            if unit < sample.experiment.tuneCount { counts[Int(cohortOf[unit])] += 1 }
            #expect(found.cohort(of: sample.point(unit)) == .found(Int(cohortOf[unit])))
        }
        #expect(counts == found.table.rows.map(\.units))
    }

    @Test(arguments: ["joint", "heuristic:x0:4,x1"]) func everyCohortIsALeafOfItsOwn(text: String) throws {
        let (found, _) = try find(kind(text), CohortSample())
        for outcome in found.leafOf {
            for leaves in outcome { #expect(leaves.sorted() == Array(0..<found.cohortCount)) }
        }
    }

    /// Cells are of about equal size, missing values in the lowest; effects are differences of means over all tune units.
    @Test func heuristicCohortsAreQuantileCells() throws {
        let sample = try CohortSample()
        let (found, cohortOf) = try find(kind("heuristic:x0:4"), sample)
        #expect(found.cohortCount == 4)
        let values = sample.experiment.covariates[0].values
        let known = (0..<sample.experiment.tuneCount).filter { !values[$0].isNaN }
        let sorted = known.map { values[$0] }.sorted()
        let cuts = (1...3).map { sorted[sorted.count * $0 / 4] }
        // Bins are coarser than the values: 32 of them are within 1/32 of the quantile.
        for (row, units) in found.table.rows.map({ ($0.id - 1, $0.units) }) {
            let own = known.filter { Int(cohortOf[$0]) == row }.map { values[$0] }
            let cell = cuts.count { $0 < own.sorted()[own.count / 2] }
            let share = Double(own.count) / Double(known.count)
            #expect(abs(share - 0.25) < 1.0 / 31, "cell \(cell) of \(units)")
        }
        let missing = (0..<sample.experiment.unitCount).filter { values[$0].isNaN }
        let lowest = try #require(known.min { values[$0] < values[$1] })
        #expect(missing.count > 100 && missing.allSatisfy { cohortOf[$0] == cohortOf[lowest] })
        for cohort in 0..<4 {
            var sums = [(0.0, 0.0), (0.0, 0.0)]
            for unit in sample.experiment.tune where Int(cohortOf[unit]) == cohort {
                let arm = Int(sample.experiment.assignment[unit])
                guard arm != 1 else { continue }
                sums[arm / 2].0 += 1
                sums[arm / 2].1 += sample.experiment.outcomes[1].observed.value(unit)
            }
            let effect = sums[1].1 / sums[1].0 - sums[0].1 / sums[0].0
            #expect(abs(found.table.effect(cohort: cohort, arm: 2, outcome: 1).effect - effect) < 1e-9)
        }
    }

    /// A covariate of two values cannot make four cells.
    @Test func fewValuesMakeFewCells() throws {
        let made = IntegerExperiment()
        let flags = made.experiment.covariates[0].values.map { $0.isNaN ? $0 : $0 > 0 ? 1 : 0 as Float }
        let flag = Covariate(name: "x0", encoding: .numeric(centre: 0), values: flags)
        let binned = try BinnedCovariates([flag], unitCount: flags.count, tuneCount: made.experiment.tuneCount)
        let sums = UnitSums(TrainingData(made.experiment), binned: binned, pruningFolds: 5)
        let found = try CohortGrouping.find(
            kind("heuristic:x0:4"), sums, made.experiment.outline, covariates: [CovariateDescription(flag)])
        #expect(found.table.rows.map(\.rule).sorted() == ["(x0 <= 0 or missing)", "x0 > 0"])
    }

    @Test(arguments: ["merged", "joint", "heuristic:x0:3,x3:2"]) func cohortsAreMadeOfSums(text: String) throws {
        let made = IntegerExperiment(variesPropensity: true)
        let binned = try BinnedCovariates(made.experiment, maximumBins: 16)
        let (memory, _) = try CohortGrouping.find(
            kind(text), made.experiment, binned: binned, settings: TreeSettings(minimumLeaf: 25))
        let listed = try CohortGrouping.find(
            kind(text), IntegerSums(made.units, codes: binned.codes), made.experiment.outline,
            covariates: memory.covariates, settings: TreeSettings(minimumLeaf: 25),
            shares: { CutShares($0, binned, units: 0..<made.experiment.tuneCount) })
        #expect(memory == listed && memory.cohortCount > 2)
    }

    @Test(arguments: [
        "cohorts", "", "heuristic", "heuristic:", "heuristic:a,", "heuristic:a,a", "heuristic:a:1", "heuristic:a:51",
        "heuristic:a,b,c,d,e", "heuristic:a:20,b:20,c:20", "heuristic:a:0",
    ])
    func whatIsNoKindIsSaidInOneSentence(text: String) {
        let error = #expect(throws: EspalierError.self) { try CohortKind(text) }
        #expect(error?.kind == .usage)
        #expect(error.map { !$0.description.contains("\n") } ?? false)
    }

    @Test func aKindIsParsedAsItIsWritten() throws {
        let cells = [
            CohortKind.QuantileCells(covariate: "visits:28d", cells: 4), .init(covariate: "b", cells: 2),
        ]
        #expect(try CohortKind("heuristic:visits:28d:4,b") == .heuristic(cells))
        for text in ["merged", "joint", "heuristic:visits:28d:4,b:2"] {
            #expect(try CohortKind(text).description == text)
            let copy = try JSONDecoder().decode(CohortKind.self, from: JSONEncoder().encode(CohortKind(text)))
            #expect(copy.description == text)
        }
    }

    @Test func quantilesNeedANumericCovariateThatIsThere() throws {
        let sample = try CohortSample()
        for text in ["heuristic:x9", "heuristic:x3"] {
            #expect(throws: EspalierError.self) { try find(kind(text), sample) }
        }
    }
}
