import Testing

/// The true value of policies on the bundled sample, from the expected outcomes of every member under every arm.
struct NotificationTruth: Sendable {
    /// Relative differences from control; `ctr` is that of the linearised ratio (METHODS section 0), as the limits read it.
    struct Change: Equatable {
        let sessions: Double
        let ctr: Double
        let disables: Double

        /// The limits of the scenario's spec.
        var isInsideLimits: Bool { ctr >= -0.02 && disables <= 0.03 }
    }

    static let arms = ["control", "cap_low", "cap_mid", "cap_high"]
    private let sessions: [[Double]]
    private let ctr: [[Double]]
    private let disables: [[Double]]
    let count: Int

    init(_ table: TextTable) throws {
        func columns(_ quantity: String) throws -> [[Double]] {
            try Self.arms.map { try table.complete("\(quantity)_\($0)") }
        }
        sessions = try columns("sessions")
        disables = try columns("disables")
        let clicks = try columns("clicks")
        let impressions = try columns("impressions")
        let ratio = Self.mean(clicks[0]) / Self.mean(impressions[0])
        let scale = Self.mean(impressions[0])
        ctr = zip(clicks, impressions).map { clicks, impressions in
            zip(clicks, impressions).map { ratio + ($0 - ratio * $1) / scale }
        }
        count = table.count
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    func value(of assignment: [Int]) -> Change {
        func relative(_ table: [[Double]]) -> Double {
            var gain = 0.0
            for (unit, arm) in assignment.enumerated() { gain += table[arm][unit] - table[0][unit] }
            return gain / Double(count) / Self.mean(table[0])
        }
        return Change(sessions: relative(sessions), ctr: relative(ctr), disables: relative(disables))
    }

    func value(ofArm arm: Int) -> Change { value(of: [Int](repeating: arm, count: count)) }

    /// The arm with most sessions among those inside the limits, control included.
    var bestSingleArm: Int {
        let inside = Self.arms.indices.filter { value(ofArm: $0).isInsideLimits }
        return inside.max { value(ofArm: $0).sessions < value(ofArm: $1).sessions } ?? 0
    }

    /// argmax over arms of the linear utility sessions + weights.ctr * ctr - weights.disables * disables; ties go to the
    /// lower index.
    func policy(ctr ctrWeight: Double, disables disablesWeight: Double) -> [Int] {
        (0..<count).map { unit in
            var best = 0
            var utility = -Double.infinity
            for arm in Self.arms.indices {
                let own =
                    sessions[arm][unit] + ctrWeight * ctr[arm][unit] - disablesWeight * disables[arm][unit]
                if own > utility { (best, utility) = (arm, own) }
            }
            return best
        }
    }

    /// The best policy inside the limits: prices of the limits by the dual, each found by bisection in turn, since a
    /// limit's slack grows with its own price. With every price as low as its limit allows, no policy inside is better.
    var bestPolicy: [Int] {
        var prices = (ctr: 0.0, disables: 0.0)
        for _ in 0..<3 {
            prices.disables = lowestPrice(below: 20) { price in
                value(of: policy(ctr: prices.ctr, disables: price)).disables <= 0.03
            }
            prices.ctr = lowestPrice(below: 500) { price in
                value(of: policy(ctr: price, disables: prices.disables)).ctr >= -0.02
            }
            if prices.ctr == 0 { break }
        }
        return policy(ctr: prices.ctr, disables: prices.disables)
    }

    private func lowestPrice(below bound: Double, where isMet: (Double) -> Bool) -> Double {
        if isMet(0) { return 0 }
        var (low, high) = (0.0, bound)
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if isMet(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
