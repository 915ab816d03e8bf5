import Foundation
import Statistics

/// How children come from parents in the unit cube: simulated binary crossover (Deb & Agrawal 1995) and polynomial mutation
/// (Deb & Goyal 1996), both bounded.
struct Variation: Sendable, Equatable, Codable {
    var crossoverShare = 0.9
    var crossoverIndex = 15.0
    var mutationIndex = 20.0

    /// Two children.
    func cross(_ a: [Double], _ b: [Double], _ stream: inout RandomStream) -> ([Double], [Double]) {
        guard stream.bernoulli(crossoverShare) else { return (a, b) }
        var first = a
        var second = b
        for axis in a.indices {
            guard stream.bernoulli(0.5), abs(a[axis] - b[axis]) > 1e-14 else { continue }
            let low = min(a[axis], b[axis])
            let high = max(a[axis], b[axis])
            let draw = stream.uniform()
            let spread = high - low
            let below = (low + high - spread * factor(1 + 2 * low / spread, draw)) / 2
            let above = (low + high + spread * factor(1 + 2 * (1 - high) / spread, draw)) / 2
            let swap = stream.bernoulli(0.5)
            first[axis] = min(max(swap ? above : below, 0), 1)
            second[axis] = min(max(swap ? below : above, 0), 1)
        }
        return (first, second)
    }

    /// The spread factor whose density is cut where the child would leave the cube.
    private func factor(_ bound: Double, _ draw: Double) -> Double {
        let power = crossoverIndex + 1
        let mass = 2 - pow(bound, -power)
        return draw <= 1 / mass ? pow(draw * mass, 1 / power) : pow(1 / (2 - draw * mass), 1 / power)
    }

    /// Moves each coordinate with probability 1/d.
    func mutate(_ point: inout [Double], _ stream: inout RandomStream) {
        let power = mutationIndex + 1
        for axis in point.indices where stream.bernoulli(1 / Double(point.count)) {
            let place = point[axis]
            let draw = stream.uniform()
            let step: Double
            if draw < 0.5 {
                step = pow(2 * draw + (1 - 2 * draw) * pow(1 - place, power), 1 / power) - 1
            } else {
                step = 1 - pow(2 * (1 - draw) + (2 * draw - 1) * pow(place, power), 1 / power)
            }
            point[axis] = min(max(place + step, 0), 1)
        }
    }
}
