extension CovariateEncoding {
    /// Numeric values far from 0 are centred, so that Float32 keeps their differences: when the mean exceeds this many
    /// standard deviations.
    private static let farAway = 1000.0
    /// A byte per level, one value for missing and one to spare.
    package static let levelLimit = 254

    /// The encoding of numeric values, NaN being missing.
    static func numeric(of values: [Double]) -> CovariateEncoding {
        var count = 0.0
        var sum = 0.0
        for value in values where !value.isNaN {
            count += 1
            sum += value
        }
        let mean = sum / max(1, count)
        var squares = 0.0
        for value in values where !value.isNaN { squares += (value - mean) * (value - mean) }
        let spread = (squares / max(1, count - 1)).squareRoot()
        let isFar = spread > 0 && spread.isFinite && abs(mean) > farAway * spread
        return .numeric(centre: isFar ? mean : 0)
    }

    /// The encoding of texts: the most frequent levels (ties by bytes), in ascending order of their bytes.
    /// - Parameter counts: units with each of `names`.
    package static func categorical(names: [String], counts: [Int]) -> CovariateEncoding {
        func precedes(_ a: Int, _ b: Int) -> Bool { names[a].utf8.lexicographicallyPrecedes(names[b].utf8) }
        let present = names.indices.filter { counts[$0] > 0 }
        let frequent = present.sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : precedes($0, $1) }
        return .categorical(levels: frequent.prefix(levelLimit).sorted(by: precedes).map { names[$0] })
    }

    /// Encodes numbers; NaN stays NaN. For `.numeric` only.
    func encode(numbers: [Double]) -> [Float] {
        guard case .numeric(let centre) = self else { return Array(repeating: .nan, count: numbers.count) }
        return numbers.map { Float($0 - centre) }
    }

    /// Encodes numbered texts; -1 and unknown levels become NaN. For `.categorical` only.
    func encode(codes: [Int32], names: [String]) -> [Float] {
        guard case .categorical(let levels) = self else { return Array(repeating: .nan, count: codes.count) }
        // By bytes: texts that Unicode calls equivalent are different levels.
        var indices: [[UInt8]: Float] = [:]
        for (index, level) in levels.enumerated() { indices[Array(level.utf8)] = Float(index) }
        let values = names.map { indices[Array($0.utf8)] ?? .nan }
        return codes.map { $0 < 0 ? .nan : values[Int($0)] }
    }
}
