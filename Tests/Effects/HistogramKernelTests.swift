import CKernels
import Effects
import Statistics
import Testing

/// The row loops in C against plain Swift.
@Suite struct HistogramKernelTests {
    private struct Sample {
        var bins: [UInt8] = []
        var entries: [UInt32] = []
        var values: [Float] = []
        var weights: [Float] = []

        init(_ count: Int, bins binCount: Int) {
            var stream = RandomStream(seed: 17)
            for row in 0..<UInt32(2 * count) {
                bins.append(UInt8(stream.index(below: binCount)))
                guard stream.bernoulli(0.5) else { continue }
                entries.append(row << 1 | (stream.bernoulli(0.4) ? 1 : 0))
                values.append(Float(stream.normal()))
                weights.append(Float(1 + stream.uniform()))
            }
        }
    }

    @Test(arguments: [0, 1, 7, 5_000]) func histogramsEqualThePlainSums(count: Int) {
        let sample = Sample(count, bins: 255)
        var cells = [Double](repeating: 0, count: 256 * 2 * 4)
        var weighted = [Double](repeating: 0, count: 256 * 2 * 8)
        var counts = [UInt32](repeating: 0, count: 512)
        espalier_histogram(sample.bins, sample.entries, sample.values, sample.entries.count, &cells)
        espalier_histogram_weighted(
            sample.bins, sample.entries, sample.values, sample.weights, sample.entries.count, &weighted)
        espalier_histogram_counts(sample.bins, sample.entries, sample.entries.count, &counts)
        var plain = [Double](repeating: 0, count: cells.count)
        var plainWeighted = [Double](repeating: 0, count: weighted.count)
        var plainCounts = [UInt32](repeating: 0, count: 512)
        for (index, entry) in sample.entries.enumerated() {
            let cell = Int(sample.bins[Int(entry >> 1)]) * 2 + Int(entry & 1)
            let (y, w) = (Double(sample.values[index]), Double(sample.weights[index]))
            for (lane, value) in [1, y, y * y].enumerated() { plain[cell * 4 + lane] += value }
            for (lane, value) in [1, w, w * y, w * w, w * w * y, w * w * y * y].enumerated() {
                plainWeighted[cell * 8 + lane] += value
            }
            plainCounts[cell] += 1
        }
        #expect(cells == plain)
        #expect(weighted == plainWeighted)
        #expect(counts == plainCounts)
    }

    @Test func armSumsEqualThePlainSums() {
        let sample = Sample(1_000, bins: 3)
        let column = sample.bins.indices.map { Float($0 % 17) - 4 }
        let weights = sample.bins.indices.map { Float($0 % 5) + 1 }
        for weighted in [false, true] {
            var sums = [Double](repeating: 0, count: 12)
            if weighted {
                espalier_arm_sums(sample.entries, sample.entries.count, column, weights, &sums)
            } else {
                espalier_arm_sums(sample.entries, sample.entries.count, column, nil, &sums)
            }
            var plain = [Double](repeating: 0, count: 12)
            for entry in sample.entries {
                let y = Double(column[Int(entry >> 1)])
                let w = weighted ? Double(weights[Int(entry >> 1)]) : 1
                for (lane, value) in [1, w, w * y, w * w, w * w * y, w * w * y * y].enumerated() {
                    plain[Int(entry & 1) * 6 + lane] += value
                }
            }
            #expect(sums == plain)
        }
    }

    @Test func partitionsAreStable() {
        let sample = Sample(3_000, bins: 255)
        let left = (0..<256).map { UInt8($0 % 3 == 0 ? 1 : 0) }
        var (entries, values, weights) = (sample.entries, sample.values, sample.weights)
        var scratch = entries
        var (scratchValues, scratchWeights) = (values, weights)
        let kept = espalier_partition(
            sample.bins, left, &entries, &values, &weights, entries.count, &scratch, &scratchValues, &scratchWeights)
        func goesLeft(_ index: Int) -> Bool { left[Int(sample.bins[Int(sample.entries[index] >> 1)])] == 1 }
        let order = sample.entries.indices.filter(goesLeft) + sample.entries.indices.filter { !goesLeft($0) }
        #expect(kept == sample.entries.indices.count(where: goesLeft))
        #expect(entries == order.map { sample.entries[$0] })
        #expect(values == order.map { sample.values[$0] })
        #expect(weights == order.map { sample.weights[$0] })
    }

    @Test func binsCountTheEdgesBelow() {
        var stream = RandomStream(seed: 5)
        let edges = (0..<200).map { _ in Float(stream.normal()) }.sorted()
        let padded = edges + Array(repeating: Float.infinity, count: 55)
        let values = (0..<2_000).map { _ in Float(2 * stream.normal()) } + edges + [.nan, .infinity, -.infinity]
        var bins = [UInt8](repeating: 0, count: values.count)
        espalier_bin(values, values.count, padded, 201, &bins)
        for (value, bin) in zip(values, bins) {
            #expect(Int(bin) == (value.isNaN ? 201 : edges.count { $0 < value }))
        }
    }
}
