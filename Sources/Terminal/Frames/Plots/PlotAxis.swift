import Texts

/// One axis of a plot: its range, its direction, and what is written beside it.
package struct PlotAxis: Sendable, Hashable {
    package var range: ClosedRange<Double>
    /// Larger values to the left or below, for outcomes where less is better.
    package var isReversed: Bool
    package var title: String
    package var format: NumberFormat
    /// A value that lies beyond the axis and is asked for: the axis is broken at that end.
    package var beyond: Double?

    package init(
        _ range: ClosedRange<Double>, isReversed: Bool = false, title: String = "", format: NumberFormat? = nil,
        beyond: Double? = nil
    ) {
        self.beyond = beyond
        let isUsable =
            range.lowerBound.isFinite && range.upperBound.isFinite
            && (range.upperBound - range.lowerBound).isFinite
        self.range = isUsable ? range : 0...1
        self.isReversed = isReversed
        self.title = title
        self.format = format ?? .fixed(NiceTicks(in: self.range, about: 5).decimals)
    }

    /// The range of the finite values, widened by `margin` of itself on both sides; 0...1 when there is none.
    package static func range(of values: some Sequence<Double>, margin: Double = 0.05) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max(), (high - low).isFinite else { return 0...1 }
        let extra = high > low ? (high - low) * margin : max(abs(low) * margin, 0.5)
        return (low - extra)...(high + extra)
    }

    /// Where a value lies along the axis, 0 (left, bottom) to 1 (right, top); outside that beyond the range.
    func position(of value: Double) -> Double {
        let span = range.upperBound - range.lowerBound
        let position = span > 0 ? (value - range.lowerBound) / span : 0.5
        return isReversed ? 1 - position : position
    }

    /// Whether the axis is broken at its start (left, bottom) or at its end; nil where it is whole.
    var isBrokenAtStart: Bool? {
        guard let beyond, !range.contains(beyond) else { return nil }
        return position(of: beyond) < 0
    }
}
