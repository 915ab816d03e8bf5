/// Minimises a smooth function by limited-memory BFGS with a backtracking line search (Nocedal & Wright 2006, chapter 7).
package struct QuasiNewton: Sendable {
    /// Steps taken at most.
    package var maximumSteps: Int
    /// Done when no component of the gradient is larger, or the value falls by less than this share of its own size.
    package var tolerance: Double
    private static let memory = 8
    private static let longestStep = 2.0
    private static let sufficientDecrease = 1e-4

    package init(maximumSteps: Int = 100, tolerance: Double = 1e-6) {
        self.maximumSteps = maximumSteps
        self.tolerance = tolerance
    }

    package struct Minimum: Sendable, Equatable {
        package let point: [Double]
        package let value: Double
    }

    /// - Parameter function: value and gradient; a value that is not finite is taken as a wall. It is finite at `start`.
    package func minimise(
        from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> Minimum {
        var point = start
        var (value, gradient) = function(start)
        var pairs: [(step: [Double], change: [Double], curvature: Double)] = []
        for _ in 0..<maximumSteps {
            guard gradient.contains(where: { abs($0) > tolerance }) else { break }
            var direction = Self.direction(gradient, pairs)
            var slope = Self.dot(direction, gradient)
            if slope >= 0 {
                pairs = []
                direction = gradient.map { -$0 }
                slope = Self.dot(direction, gradient)
            }
            var share = min(1, Self.longestStep / max(1e-300, Self.dot(direction, direction).squareRoot()))
            var moved: (point: [Double], value: Double, gradient: [Double])?
            for _ in 0..<30 {
                let trial = zip(point, direction).map { $0 + share * $1 }
                let seen = function(trial)
                if seen.value.isFinite, seen.value <= value + Self.sufficientDecrease * share * slope {
                    moved = (trial, seen.value, seen.gradient)
                    break
                }
                share /= 2
            }
            guard let moved else { break }
            let step = zip(moved.point, point).map { $0 - $1 }
            let change = zip(moved.gradient, gradient).map { $0 - $1 }
            let curvature = Self.dot(step, change)
            if curvature > 1e-12 {
                pairs.append((step, change, curvature))
                if pairs.count > Self.memory { pairs.removeFirst() }
            }
            let gained = value - moved.value
            (point, value, gradient) = moved
            if gained <= tolerance * 1e-3 * max(1, abs(value)) { break }
        }
        return Minimum(point: point, value: value)
    }

    /// The quasi-Newton direction by the two-loop recursion.
    private static func direction(
        _ gradient: [Double], _ pairs: [(step: [Double], change: [Double], curvature: Double)]
    ) -> [Double] {
        var direction = gradient.map { -$0 }
        var shares: [Double] = []
        for pair in pairs.reversed() {
            let share = dot(pair.step, direction) / pair.curvature
            for index in direction.indices { direction[index] -= share * pair.change[index] }
            shares.append(share)
        }
        if let last = pairs.last {
            let scale = last.curvature / dot(last.change, last.change)
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, share) in zip(pairs, shares.reversed()) {
            let back = dot(pair.change, direction) / pair.curvature
            for index in direction.indices { direction[index] += (share - back) * pair.step[index] }
        }
        return direction
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
