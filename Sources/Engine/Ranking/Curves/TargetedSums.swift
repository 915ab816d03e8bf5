/// Sums over the units targeted so far, from which the difference between the arms follows.
struct TargetedSums: Equatable {
    /// Units; weight, value and cost of the treated; the same of control. The eighth lane stays 0.
    var lanes: SIMD8<Double>

    static let zero = TargetedSums(lanes: .zero)

    var units: Double { lanes[0] }

    mutating func add(treated: Bool, weight: Double, value: Double, cost: Double, times count: Double = 1) {
        lanes[0] += count
        let arm = treated ? 1 : 4
        lanes[arm] += count * weight
        lanes[arm + 1] += count * weight * value
        lanes[arm + 2] += count * weight * cost
    }

    /// Between two sums, `fraction` of the way.
    static func between(_ lower: TargetedSums, _ upper: TargetedSums, _ fraction: Double) -> TargetedSums {
        TargetedSums(lanes: lower.lanes + fraction * (upper.lanes - lower.lanes))
    }

    /// Mean of the treated less mean of control in value and cost; nil where an arm is empty.
    var difference: (value: Double, cost: Double)? {
        guard lanes[1] > 0, lanes[4] > 0 else { return nil }
        return (lanes[2] / lanes[1] - lanes[5] / lanes[4], lanes[3] / lanes[1] - lanes[6] / lanes[4])
    }
}
