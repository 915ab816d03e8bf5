/// The largest few of many values, which come one by one.
package struct LargestValues {
    private let count: Int
    private var kept: [Double] = []
    /// Below this a value is not among the largest.
    private var least = -Double.infinity

    /// - Parameter count: how many to keep, at least 1.
    package init(_ count: Int) {
        self.count = count
        kept.reserveCapacity(2 * count)
    }

    /// Takes in the next value, which is not NaN.
    /// - Complexity: O(log count), amortised; O(1) for values that are not among the largest so far.
    package mutating func take(_ value: Double) {
        guard value > least else { return }
        kept.append(value)
        if kept.count == 2 * count {
            kept = descending()
            least = kept[count - 1]
        }
    }

    /// The largest values, or all of fewer.
    /// - Complexity: O(count log count).
    package func descending() -> [Double] { Array(kept.sorted(by: >).prefix(count)) }
}
