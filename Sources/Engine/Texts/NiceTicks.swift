import Foundation

/// Round numbers in a range: multiples of 1, 2, 2.5 or 5 times a power of ten.
package struct NiceTicks: Sendable, Hashable {
    package let values: [Double]
    /// Decimals that tell neighbouring ticks apart.
    package let decimals: Int

    /// At most `count + 1` ticks.
    package init(in range: ClosedRange<Double>, about count: Int) {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, count > 0 else {
            values = span == 0 ? [range.lowerBound] : []
            decimals = 2
            return
        }
        let rough = span / Double(count)
        let power = pow(10, floor(log10(rough)))
        guard power > 0, power.isFinite else {
            values = []
            decimals = 2
            return
        }
        let multiple = [1, 2, 2.5, 5, 10].first { $0 * power >= rough * 0.999999 } ?? 10
        let step = multiple * power
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        // A range that is narrow and far from zero can be finer than Double resolves.
        if first <= last, last - first <= Double(count) + 1, abs(first) < 1e15, abs(last) < 1e15 {
            values = (0...Int(last - first)).map { (first + Double($0)) * step }
        } else {
            values = []
        }
        let places = -Int(floor(log10(step) + 1e-9)) + (multiple == 2.5 ? 1 : 0)
        decimals = min(max(places, 0), 12)
    }

    /// The ticks as text, with as many decimals as tell them apart.
    package func labels(_ format: NumberFormat) -> [String] {
        values.map { NumberText.string($0, format.with(decimals: decimals)) }
    }
}
