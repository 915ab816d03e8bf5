import Effects
import Foundation
import Groups
import Statistics
import Testing

@Suite struct CohortPartitionTests {
    /// METHODS section 1: cohorts are mutually exclusive and exhaustive over the sample.
    @Test(arguments: [1, 2, 3] as [UInt64]) func cohortsPartitionTheSample(seed: UInt64) throws {
        let sample = try CohortSample(seed: seed)
        #expect(sample.partition.tuples.count > 8)
        #expect(Set(sample.partition.tuples).count == sample.partition.tuples.count)
        #expect(sample.partition.units.reduce(0, +) == sample.experiment.tuneCount)
        var counts = [Int](repeating: 0, count: sample.partition.tuples.count)
        for unit in 0..<sample.experiment.unitCount {
            let cohort = Int(sample.cohortOf[unit])
            #expect(sample.partition.tuples[cohort] == sample.leaves.map { $0[unit] })
            if unit < sample.experiment.tuneCount { counts[cohort] += 1 }
        }
        #expect(counts == sample.partition.units)
    }

    /// Any point is in exactly one leaf of every tree, so in one cohort: found, or a valid tuple of share 0.
    @Test func anyPointHasOneCohort() throws {
        let sample = try CohortSample()
        for unit in stride(from: 0, to: sample.experiment.unitCount, by: 13) {
            #expect(
                sample.partition.cohort(of: sample.point(unit), trees: sample.trees)
                    == .found(Int(sample.cohortOf[unit])))
        }
        var stream = RandomStream(seed: 6)
        for _ in 0..<5_000 {
            var point = (0..<3).map { _ in stream.bernoulli(0.1) ? Float.nan : Float(10 * stream.normal()) }
            point.append(stream.bernoulli(0.1) ? .nan : Float(stream.index(below: 5)))
            let tuple = sample.trees.map { UInt16($0.leaf(of: point)) }
            switch sample.partition.cohort(of: point, trees: sample.trees) {
            case .found(let cohort): #expect(sample.partition.tuples[cohort] == tuple)
            case .unseen(let leaves): #expect(leaves == tuple && !sample.partition.tuples.contains(tuple))
            }
        }
    }

    /// A tuple that no unit has is a handle with its leaves' effects, not a failure.
    @Test func anUnseenTupleIsAHandle() throws {
        let sample = try CohortSample()
        let partial = CohortPartition(
            tuples: Array(sample.partition.tuples.dropFirst()), units: Array(sample.partition.units.dropFirst()))
        let unit = try #require(sample.cohortOf.firstIndex(of: 0))
        let tuple = sample.partition.tuples[0]
        #expect(partial.cohort(of: sample.point(unit), trees: sample.trees) == .unseen(tuple))
        let table = CohortTable(
            partial, trees: sample.trees, covariates: sample.descriptions, outcomeCount: 2)
        for (index, tree) in sample.trees.enumerated() {
            #expect(
                table.effect(leaves: tuple, arm: index / 2 + 1, outcome: index % 2)
                    == tree.leaves[Int(tuple[index])].estimate)
        }
    }

    /// Merging the trees in another order gives the same sets of units.
    @Test func theOrderOfMergingDoesNotMatter() throws {
        let sample = try CohortSample()
        let order = [3, 1, 0, 2]
        let (other, cohortOf) = CohortPartition.find(
            leaves: order.map { sample.leaves[$0] }, unitCount: sample.experiment.unitCount,
            tuneCount: sample.experiment.tuneCount)
        #expect(other.units == sample.partition.units)
        #expect(Set(zip(cohortOf, sample.cohortOf).map { [$0, $1] }).count == other.tuples.count)
        #expect(
            Set(other.tuples) == Set(sample.partition.tuples.map { tuple in order.map { tuple[$0] } }))
    }

    @Test func cohortsAreNumberedBySizeThenTuple() throws {
        let partition = try CohortSample().partition
        for (a, b) in zip(partition.tuples.indices, partition.tuples.indices.dropFirst()) {
            #expect(
                partition.units[a] > partition.units[b]
                    || partition.units[a] == partition.units[b]
                        && partition.tuples[a].lexicographicallyPrecedes(partition.tuples[b])
            )
        }
    }

    @Test func singleLeavesMakeOneCohort() {
        let (partition, cohortOf) = CohortPartition.find(
            leaves: [[0, 0, 0], [0, 0, 0]], unitCount: 3, tuneCount: 2)
        #expect(partition.tuples == [[0, 0]] && partition.units == [2] && cohortOf == [0, 0, 0])
        #expect(CohortPartition.find(leaves: [[], []], unitCount: 0, tuneCount: 0).0.tuples.isEmpty)
    }

    @Test func aPartitionSurvivesItsFile() throws {
        let partition = try CohortSample().partition
        let copy = try JSONDecoder().decode(CohortPartition.self, from: JSONEncoder().encode(partition))
        #expect(copy == partition)
        let doubled = Data(#"{"tuples": [[1], [1]], "units": [2, 3]}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(CohortPartition.self, from: doubled) }
    }
}
