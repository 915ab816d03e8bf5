import Statistics
import Testing

/// Held against the standard library's sorting.
@Suite struct RadixSortTests {
    private func values(_ count: Int, seed: UInt64) -> [Float] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in
            switch stream.index(below: 10) {
            case 0: .nan
            case 1: -0.0
            case 2: 0
            case 3: Float(stream.index(below: 5)) - 2
            case 4: Float(bitPattern: UInt32(truncatingIfNeeded: stream.next()))
            default: Float(stream.normal())
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 1000, 20_011])
    func orderIsAscendingAndStable(count: Int) {
        let values = values(count, seed: UInt64(count))
        let expected = values.indices.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(RadixSort.order(of: values).map(Int.init) == expected)
    }

    @Test func ranksAreTheMiddlesOfTheirRuns() throws {
        let values = values(5000, seed: 4)
        let sorted = values.filter { !$0.isNaN }.sorted()
        let ranks = try #require(RadixSort.centredRanks(values))
        for (value, rank) in zip(values, ranks) {
            guard !value.isNaN else {
                #expect(rank == 0)
                continue
            }
            let below = sorted.count { $0 < value }
            let middle = Double(below) + Double(sorted.count { $0 == value }) / 2
            #expect(rank == Float(middle / Double(sorted.count) - 0.5))
        }
        #expect(RadixSort.centredRanks([.nan, 2, 2]) == nil)
        #expect(RadixSort.centredRanks([0, -0.0]) == nil)
    }

    @Test(arguments: [1, 7, 1000])
    func theLargestAreThoseOfSorting(count: Int) {
        var stream = RandomStream(seed: 9)
        var values: [Double] = []
        var largest = LargestValues(count)
        for size in 1...3000 {
            values.append(Double(stream.index(below: 400)))
            largest.take(values[size - 1])
        }
        #expect(largest.descending() == Array(values.sorted(by: >).prefix(count)))
    }
}
