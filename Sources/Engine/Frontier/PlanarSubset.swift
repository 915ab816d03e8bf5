/// The k points of largest hypervolume in two objectives, by dynamic programme (METHODS section 3).
enum PlanarSubset {
    /// F(1,i) = x_i y_i; F(k,i) = max_{j<i} F(k-1,j) + (x_i - x_j) y_i, x ascending, y descending, above the origin.
    /// - Parameter points: mutually non-dominated, above the origin.
    /// - Complexity: O(k n²).
    static func best(_ points: [[Double]], count: Int) -> [Int] {
        let order = points.indices.sorted { points[$0][0] < points[$1][0] }
        let x = order.map { points[$0][0] }
        let y = order.map { points[$0][1] }
        var best = order.indices.map { x[$0] * y[$0] }
        var previous: [[Int]] = []
        for _ in 1..<max(1, count) {
            var next = [Double](repeating: -.infinity, count: best.count)
            var from = [Int](repeating: -1, count: best.count)
            for i in order.indices {
                for j in 0..<i where best[j] + (x[i] - x[j]) * y[i] > next[i] {
                    next[i] = best[j] + (x[i] - x[j]) * y[i]
                    from[i] = j
                }
            }
            best = next
            previous.append(from)
        }
        guard var end = best.indices.max(by: { best[$0] < best[$1] }) else { return [] }
        var chosen = [end]
        for from in previous.reversed() {
            end = from[end]
            chosen.append(end)
        }
        return chosen.map { order[$0] }
    }
}
