import Foundation

/// Bounds of an average effect where one arm's outcomes are observed more often (Lee 2009): the share of them that the other
/// arm would not have shown is cut off at either end.
package struct LeeBounds: Sendable, Equatable, Codable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// - Parameters:
    ///   - treated: observed outcomes of the arm.
    ///   - treatedShare: of its units that are observed.
    /// - Returns: nil where an arm shows nothing, or the cut leaves nothing.
    /// - Complexity: O(n log n).
    package init?(treated: [Double], control: [Double], treatedShare: Double, controlShare: Double) {
        guard !treated.isEmpty, !control.isEmpty, treatedShare > 0, controlShare > 0 else { return nil }
        let isTreatedCut = treatedShare > controlShare
        let (larger, smaller) = (max(treatedShare, controlShare), min(treatedShare, controlShare))
        let sorted = (isTreatedCut ? treated : control).sorted()
        // 0.2 of ten is two, whatever the rounding of the shares.
        let cut = (larger - smaller) / larger * Double(sorted.count) + 1e-9
        let kept = sorted.count - Int(cut.rounded(.down))
        guard kept > 0 else { return nil }
        func mean(_ values: some Collection<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
        let (lowest, highest) = (mean(sorted.prefix(kept)), mean(sorted.suffix(kept)))
        let other = mean(isTreatedCut ? control : treated)
        self.init(
            low: isTreatedCut ? lowest - other : other - highest,
            high: isTreatedCut ? highest - other : other - lowest)
    }

    func scaled(by scale: Double) -> LeeBounds { LeeBounds(low: scale * low, high: scale * high) }

    func shifted(by amount: Double) -> LeeBounds { LeeBounds(low: low + amount, high: high + amount) }
}
