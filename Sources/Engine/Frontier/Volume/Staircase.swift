/// The attained region of two coordinates that are both better when larger, above the origin: its corners, ascending in the
/// first and descending in the second.
///
/// The sweeps over three coordinates rest on it: whatever comes later is worse in the third.
struct Staircase {
    private(set) var firsts: [Double] = []
    private(set) var seconds: [Double] = []

    /// Whether some corner is at least as good in both.
    /// - Complexity: O(log n).
    func covers(_ first: Double, _ second: Double) -> Bool {
        let place = place(of: first)
        return place < firsts.count && seconds[place] >= second
    }

    /// Adds a corner and drops those it covers.
    /// - Returns: the area gained, above the origin; 0 where the corner is covered already.
    /// - Complexity: O(log n), and O(n) moves of memory.
    @discardableResult
    mutating func insert(_ first: Double, _ second: Double) -> Double {
        let end = place(of: first)
        var height = end < firsts.count ? seconds[end] : 0
        if end < firsts.count, height >= second { return 0 }
        var gained = 0.0
        var right = first
        var start = end
        while start > 0, seconds[start - 1] <= second {
            start -= 1
            gained += (right - firsts[start]) * (second - height)
            right = firsts[start]
            height = seconds[start]
        }
        gained += (right - (start > 0 ? firsts[start - 1] : 0)) * (second - height)
        // A corner with the same first coordinate is lower, hence covered too.
        let covered = end < firsts.count && firsts[end] == first ? end + 1 : end
        firsts.replaceSubrange(start..<covered, with: CollectionOfOne(first))
        seconds.replaceSubrange(start..<covered, with: CollectionOfOne(second))
        return gained
    }

    /// The first corner that reaches `first`.
    private func place(of first: Double) -> Int {
        var low = 0
        var high = firsts.count
        while low < high {
            let middle = (low + high) / 2
            if firsts[middle] < first { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
