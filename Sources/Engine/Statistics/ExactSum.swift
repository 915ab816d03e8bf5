/// A sum of doubles that is exact until it is rounded once, at the end, so that it does not depend on their order.
///
/// The running sum is kept as numbers whose bits do not overlap (Shewchuk 1997, "Adaptive precision floating-point arithmetic
/// and fast robust geometric predicates", section 2); mostly one or two of them.
package struct ExactSum: Sendable, Equatable {
    private var high = 0.0
    /// What `high` lacks, smallest first.
    private var rest: [Double] = []

    package init() {}

    /// - Complexity: O(numbers kept).
    package mutating func add(_ value: Double) {
        var carried = value
        if !rest.isEmpty {
            var kept = 0
            for index in rest.indices {
                let (sum, error) = Self.twoSum(carried, rest[index])
                if error != 0 {
                    rest[kept] = error
                    kept += 1
                }
                carried = sum
            }
            rest.removeLast(rest.count - kept)
        }
        let (sum, error) = Self.twoSum(carried, high)
        high = sum
        if !sum.isFinite { rest = [] } else if error != 0 { rest.append(error) }
    }

    /// The double nearest to the sum.
    package var value: Double {
        var sum = high
        var error = 0.0
        var index = rest.count
        while index > 0, error == 0 {
            index -= 1
            (sum, error) = Self.twoSum(sum, rest[index])
        }
        // Half way between two doubles, what is left decides.
        if index > 0, error != 0, (error < 0) == (rest[index - 1] < 0) {
            let doubled = 2 * error
            let next = sum + doubled
            if doubled == next - sum { sum = next }
        }
        return sum
    }

    /// The rounded sum and what rounding lost (Knuth).
    private static func twoSum(_ one: Double, _ other: Double) -> (sum: Double, error: Double) {
        let sum = one + other
        let part = sum - one
        return (sum, (one - (sum - part)) + (other - part))
    }
}
