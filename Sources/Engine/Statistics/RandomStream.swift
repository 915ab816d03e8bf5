import Foundation
import Runtime

/// A seeded stream of random numbers (xoshiro256**, Blackman & Vigna 2018): equal on every machine and in every version.
package struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var spareNormal: Double?

    package init(seed: UInt64) {
        var z = seed
        func next() -> UInt64 {
            z &+= 0x9e37_79b9_7f4a_7c15
            return StableHash.mix(z)
        }
        state = (next(), next(), next(), next())
    }

    /// An independent stream for a named purpose, so that adding a draw in one place never moves those of another.
    package init(seed: UInt64, purpose: String) {
        self.init(seed: StableHash.mix(seed) ^ StableHash.key(purpose))
    }

    package mutating func next() -> UInt64 {
        func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
        let result = rotate(state.1 &* 5, 7) &* 9
        let t = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= t
        state.3 = rotate(state.3, 45)
        return result
    }

    /// Uniform in [0, 1).
    package mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in the range.
    package mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// Uniform integer in 0..<count.
    package mutating func index(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Standard normal, by the polar method.
    package mutating func normal() -> Double {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        while true {
            let u = 2 * uniform() - 1
            let v = 2 * uniform() - 1
            let s = u * u + v * v
            if s > 0, s < 1 {
                let factor = (-2 * log(s) / s).squareRoot()
                spareNormal = v * factor
                return u * factor
            }
        }
    }

    package mutating func bernoulli(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// Poisson counts: Knuth's product below mean 30, the sum of two halves above it.
    package mutating func poisson(_ mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        if mean > 30 { return poisson(mean / 2) + poisson(mean / 2) }
        let limit = exp(-mean)
        var product = uniform()
        var count = 0
        while product > limit {
            product *= uniform()
            count += 1
        }
        return count
    }

    /// Uniform on the simplex of `count` weights that sum to 1.
    package mutating func simplex(_ count: Int) -> [Double] {
        let draws = (0..<count).map { _ in -log(1 - uniform()) }
        let total = draws.reduce(0, +)
        return draws.map { $0 / total }
    }
}
