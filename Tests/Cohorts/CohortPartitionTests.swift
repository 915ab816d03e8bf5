import Cohorts
import Effects
import Experiments
import Statistics
import Testing

@Suite struct CohortPartitionTests {
    private func leaves(units: Int, trees: Int, width: Int, seed: UInt64) -> [[UInt16]] {
        var stream = RandomStream(seed: seed)
        return (0..<trees).map { _ in (0..<units).map { _ in UInt16(stream.index(below: width)) } }
    }

    /// Each unit is in exactly the cohort of its own tuple, and the sizes add up.
    @Test func cohortsPartitionTheSample() {
        let columns = leaves(units: 5_000, trees: 4, width: 5, seed: 1)
        let (partition, of) = CohortPartition.find(leaves: columns, unitCount: 5_000, tuneCount: 3_000)
        for unit in 0..<5_000 { #expect(partition.tuples[Int(of[unit])] == columns.map { $0[unit] }) }
        #expect(Set(partition.tuples).count == partition.tuples.count)
        #expect(partition.units.reduce(0, +) == 3_000)
        #expect(partition.units == partition.units.sorted(by: >))
    }

    /// The order of merging does not change the cohorts.
    @Test func orderOfMergingDoesNotMatter() {
        let columns = leaves(units: 2_000, trees: 3, width: 4, seed: 2)
        let (_, forwards) = CohortPartition.find(leaves: columns, unitCount: 2_000, tuneCount: 2_000)
        let (_, backwards) = CohortPartition.find(leaves: columns.reversed(), unitCount: 2_000, tuneCount: 2_000)
        var image: [UInt32: UInt32] = [:]
        for unit in 0..<2_000 {
            let other = image[forwards[unit]] ?? backwards[unit]
            #expect(other == backwards[unit])
            image[forwards[unit]] = other
        }
        #expect(Set(image.values).count == image.count)
    }

    @Test func noTreesGiveOneCohortAndNoUnitsNone() {
        let (one, of) = CohortPartition.find(leaves: [], unitCount: 10, tuneCount: 10)
        #expect(one.tuples == [[]] && of == Array(repeating: 0, count: 10))
        let (none, _) = CohortPartition.find(leaves: [[]], unitCount: 0, tuneCount: 0)
        #expect(none.tuples.isEmpty)
    }
}
