import CKernels

/// How the encoded values of one covariate become bins: bin <= b iff value <= edges[b]; NaN has the bin after the last.
package struct BinCode: Sendable, Equatable {
    /// Ascending upper edges of all value bins but the last, which has none; each is a value of the data (numeric) or a
    /// level's index (categorical).
    package let edges: [Float]
    package let isCategorical: Bool
    /// The number of bins that hold values.
    package let valueBins: Int

    /// The bin of missing values.
    package var missingBin: Int { valueBins }

    /// - Parameter sample: encoded values; those not finite are left out.
    /// - Complexity: O(n log n).
    package init(quantilesOf sample: [Float], maximumBins: Int) {
        let sorted = sample.filter(\.isFinite).sorted()
        var distinct: [Float] = []
        for value in sorted where value != distinct.last {
            distinct.append(value)
            if distinct.count > maximumBins { break }
        }
        if distinct.count > maximumBins, let last = sorted.last {
            distinct = []
            for cut in 1..<maximumBins {
                let value = sorted[(cut * sorted.count + maximumBins - 1) / maximumBins - 1]
                if value != distinct.last, value < last { distinct.append(value) }
            }
            edges = distinct
        } else {
            edges = distinct.dropLast()
        }
        isCategorical = false
        valueBins = edges.count + 1
    }

    /// - Parameter levelCount: at most 254.
    package init(levelCount: Int) {
        precondition(levelCount <= 254)
        edges = (0..<max(0, levelCount - 1)).map { Float($0) }
        isCategorical = true
        valueBins = max(1, levelCount)
    }

    /// - Complexity: O(n), eight comparisons per value.
    func bins(of values: [Float]) -> [UInt8] {
        let padded = edges + Array(repeating: Float.infinity, count: 255 - edges.count)
        return [UInt8](unsafeUninitializedCapacity: values.count) { buffer, initialised in
            if let base = buffer.baseAddress {
                espalier_bin(values, values.count, padded, UInt8(missingBin), base)
            }
            initialised = values.count
        }
    }

    /// For each bin whether it goes left by the rule; the missing bin last, filled up to 256.
    func goesLeft(_ split: Split) -> [UInt8] {
        var left = [UInt8](repeating: 0, count: 256)
        for bin in 0..<valueBins {
            let goes: Bool
            switch split.rule {
            case .atMost(let threshold): goes = bin < edges.count && edges[bin] <= threshold
            case .levels(let levels): goes = levels.contains(UInt8(bin))
            case .present: goes = true
            }
            left[bin] = goes ? 1 : 0
        }
        left[missingBin] = split.missingGoesLeft ? 1 : 0
        return left
    }
}
