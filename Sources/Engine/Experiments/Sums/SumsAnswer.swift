/// The answer to a `SumsRequest`: nothing but sums and counts, by cell, bin, arm, outcome and group in the request's order.
package struct SumsAnswer: Sendable, Equatable {
    /// How many arms, outcomes and groups there are.
    package let shape: SumsShape
    /// One table per covariate of the request; without covariates a single one, whose only bin holds everything.
    package let tables: [SumsTable]
    /// Of a crossing: the tuple of each cell, in any order. Of nodes: empty.
    package let tuples: [[UInt16]]

    package init(shape: SumsShape, tables: [SumsTable], tuples: [[UInt16]] = []) {
        self.shape = shape
        self.tables = tables
        self.tuples = tuples
    }
}

/// Sums of every cell by the bins of one covariate.
///
/// With weights omega = 1/e a sum is six numbers: the count of units and the sums of omega, omega y, omega^2, omega^2 y and
/// omega^2 y^2. Where the arms have equal shares for all units omega is 1, and the three that differ are left: the count and the
/// sums of y and y^2. y is the outcome as stored (centred, scaled, gross of costs).
package struct SumsTable: Sendable, Equatable {
    /// The covariate's value bins and the bin of missing values; 1 without a covariate.
    package let binCount: Int
    /// At `SumsShape.sum`.
    package var sums: [Double]
    /// At `SumsShape.count`.
    package var counts: [Double]

    /// - Parameter cellCount: how many cells there are; every sum is 0.
    package init(binCount: Int, cellCount: Int, shape: SumsShape) {
        self.binCount = binCount
        let bins = cellCount * binCount
        sums = [Double](repeating: 0, count: bins * shape.sumsPerBin)
        counts = [Double](repeating: 0, count: bins * shape.countsPerBin)
    }

    package init(binCount: Int, sums: [Double], counts: [Double]) {
        self.binCount = binCount
        self.sums = sums
        self.counts = counts
    }
}
