/// The Euclidean projection on the simplex of shares that sum to 1.
package enum SimplexProjection {
    /// Projects in place (Michelot 1986): the threshold is found from what lies above it, again and again.
    /// - Complexity: O(n²) at worst, O(n) for a few arms.
    package static func project(_ values: UnsafeMutableBufferPointer<Double>) {
        var threshold = -Double.infinity
        var count = values.count + 1
        while true {
            var above = 0
            var sum = 0.0
            for value in values where value > threshold {
                above += 1
                sum += value
            }
            if above == count { break }
            count = above
            threshold = (sum - 1) / Double(above)
        }
        for index in values.indices { values[index] = max(0, values[index] - threshold) }
    }

    package static func project(_ values: [Double]) -> [Double] {
        var values = values
        values.withUnsafeMutableBufferPointer { project($0) }
        return values
    }
}
