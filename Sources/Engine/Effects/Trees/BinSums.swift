/// The sums of one node by bin of one covariate: the answer to a GROUP BY.
package struct BinSums: Sendable, Equatable {
    /// One entry per value bin, then the missing bin.
    package var bins: [ContrastSums]

    package init(bins: [ContrastSums]) { self.bins = bins }

    /// The sums of a node less those of one child: those of the other child.
    static func - (a: BinSums, b: BinSums) -> BinSums {
        BinSums(bins: a.bins.indices.map { a.bins[$0] - b.bins[$0] })
    }
}
