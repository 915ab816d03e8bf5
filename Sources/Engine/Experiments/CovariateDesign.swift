/// Covariates as the columns of a regression: numeric ones centred and scaled, levels and missing values as indicators, every
/// column centred over the units it was made from.
package struct CovariateDesign: Sendable {
    /// One column of Float32 per regressor, in canonical unit order; no column of ones.
    package let columns: [[Float]]

    /// An indicator of fewer units, or of all but fewer, is left out.
    private static let fewestUnits = 20
    /// Most frequent levels of a categorical covariate that get an indicator.
    private static let levelLimit = 20
    /// More columns than this are cut off, in the order of the covariates.
    private static let columnLimit = 120
    /// Values further out, in standard deviations, count as this far: one unit must not carry a regression.
    private static let reach = 8.0
    /// Distinct values from which on a numeric covariate may bend at its quartiles.
    private static let bendingValues = 8

    /// - Parameters:
    ///   - isFlexible: whether numeric covariates may bend at their quartiles (linear splines).
    ///   - further: columns beyond the covariates, such as values before exposure.
    /// - Complexity: O(units x columns).
    package init(_ covariates: [Covariate], isFlexible: Bool, further: [[Float]] = []) {
        var columns: [[Float]] = []
        Self.forEachColumn(covariates, isFlexible: isFlexible, further: further) { columns.append($0) }
        self.columns = columns
    }

    /// The same columns one after the other, for those who need not have all of them in memory.
    package static func forEachColumn(
        _ covariates: some Sequence<Covariate>, isFlexible: Bool, further: some Sequence<[Float]>,
        _ body: ([Float]) -> Void
    ) {
        var count = 0
        for covariate in covariates where count < columnLimit {
            let own =
                switch covariate.encoding {
                case .numeric: numeric(covariate.values, isFlexible: isFlexible)
                case .categorical(let levels): indicators(covariate.values, levels: levels.count)
                }
            count += own.count
            own.forEach(body)
        }
        for values in further { numeric(values, isFlexible: false).forEach(body) }
    }

    private static func numeric(_ values: [Float], isFlexible: Bool) -> [[Float]] {
        guard let standardised = standardised(values) else { return [] }
        var columns = [standardised]
        let missing = values.count { $0.isNaN }
        if min(missing, values.count - missing) >= fewestUnits {
            columns.append(centred(values.map { $0.isNaN ? 1 : 0 }))
        }
        guard isFlexible else { return columns }
        let sorted = zip(standardised, values).compactMap { $1.isNaN ? nil : $0 }.sorted()
        var distinct = 1
        for index in sorted.indices.dropFirst() where sorted[index] != sorted[index - 1] { distinct += 1 }
        guard distinct >= bendingValues else { return columns }
        for quarter in 1...3 {
            let knot = sorted[sorted.count * quarter / 4]
            columns.append(centred(standardised.map { max(0, $0 - knot) }))
        }
        return columns
    }

    private static func indicators(_ values: [Float], levels: Int) -> [[Float]] {
        // Missing is one more level; the most frequent is what the others are compared with.
        var counts = [Int](repeating: 0, count: levels + 1)
        let codes = values.map { $0.isNaN ? levels : Int($0) }
        for code in codes { counts[code] += 1 }
        let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        return order.dropFirst().prefix(levelLimit).filter { counts[$0] >= fewestUnits }.map { wanted in
            centred(codes.map { $0 == wanted ? 1 : 0 })
        }
    }

    /// nil where the values do not vary; 0 where missing.
    private static func standardised(_ values: [Float]) -> [Float]? {
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for value in values where !value.isNaN {
            count += 1
            sum += Double(value)
        }
        let mean = sum / max(1, count)
        for value in values where !value.isNaN { squares += (Double(value) - mean) * (Double(value) - mean) }
        let spread = (squares / max(1, count)).squareRoot()
        guard spread > 1e-12 * abs(mean), spread > 0 else { return nil }
        return centred(
            values.map { $0.isNaN ? 0 : Float(min(max((Double($0) - mean) / spread, -reach), reach)) })
    }

    private static func centred(_ values: [Float]) -> [Float] {
        var sum = 0.0
        for value in values { sum += Double(value) }
        let mean = Float(sum / Double(max(1, values.count)))
        return values.map { $0 - mean }
    }
}
