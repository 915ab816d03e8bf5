import Runtime
import Statistics

/// An outcome that is nearly always one value, such as a rare conversion, and what its errors must not fall below.
///
/// An arm without an event among a policy's matched units shows no spread, however uncertain its rate: a 1% outcome at shares
/// 8:1:1 would be covered .63 to .78 of the time. An arm with fewer than ten events there takes the variance that its residuals
/// have among all its units or, where these have no ten events either, that of all arms, unless its own is larger (METHODS
/// section 2).
struct RareEvents: Sendable {
    /// Below this many events the spread among the matched units is not trusted.
    static let fewest = 10

    /// The value, scaled, that most units have.
    private let usual: Float
    /// The variance of (Y - m) by arm, scaled, where m is what the estimator takes as known of Y.
    private let variances: [Double]
    /// Of Y by arm, scaled, for estimators that know nothing of Y.
    private let means: [Double]
    private let outcome: Int
    private let usesModels: Bool
    /// Of all units, by arm.
    private let events: [Int]

    /// nil where no value is that of more than half the units, or one is that of all.
    /// - Complexity: O(units).
    init?(_ table: PolicyTable, outcome j: Int, estimator: Estimator, units: Range<Int>) {
        // Nobody knows of cells which value most of their units have.
        guard !table.isOfCells else { return nil }
        let observed = table.layout.observed + j
        let start = observed * table.columnStride
        // A value that most units have is the median of any few of them; a third of a thousand is enough to see it.
        let values = table.columns[start + units.lowerBound..<start + units.upperBound]
        let sample = stride(from: 0, to: values.count, by: max(1, values.count / 1001)).map {
            values[values.startIndex + $0]
        }
        guard !sample.isEmpty else { return nil }
        let usual = sample.sorted()[sample.count / 2]
        switch estimator {
        case .dr, .switching, .dm: usesModels = true
        case .snips, .ips: usesModels = false
        }
        var (counts, events) = (
            [Double](repeating: 0, count: table.armCount), [Int](repeating: 0, count: table.armCount)
        )
        var sums = counts
        for unit in units {
            let arm = Int(table.assignment[unit])
            let value = table.columns[start + unit]
            counts[arm] += 1
            sums[arm] += Double(value)
            if value != usual { events[arm] += 1 }
        }
        let total = events.reduce(0, +)
        guard total > 0, 2 * total < units.count else { return nil }
        means = zip(sums, counts).map { $0 / max(1, $1) }
        self.usual = usual
        self.events = events
        outcome = j
        var squares = [Double](repeating: 0, count: table.armCount)
        for unit in units {
            let arm = Int(table.assignment[unit])
            let deviation: Double
            if usesModels {
                deviation =
                    Double(table.columns[(table.layout.uncut + j) * table.columnStride + unit])
                    / Double(table.columns[table.layout.inverse * table.columnStride + unit])
            } else {
                deviation = Double(table.columns[start + unit]) - means[arm]
            }
            squares[arm] += deviation * deviation
        }
        let pooled = squares.reduce(0, +) / max(1, counts.reduce(0, +))
        variances = squares.indices.map { arm in
            let own = squares[arm] / max(1, counts[arm])
            return events[arm] >= Self.fewest ? own : max(own, pooled)
        }
    }

    /// So many events are expected where none are counted: it would take a policy that avoids them to have too few.
    private static let plenty = 40.0

    /// Whether a policy of such shares surely has events enough among matched and unmatched units of all arms.
    func areMany(shares: [Double]) -> Bool {
        zip(shares, events).allSatisfy { share, events in
            events >= Self.fewest && [share, 1 - share].allSatisfy { $0 <= 0 || $0 * Double(events) >= Self.plenty }
        }
    }

    /// What the variances of a policy's estimate are to be raised by, and where it has few events.
    struct Floor: Sendable {
        /// By arm: of the units that had the arm and that the policy gives it, on the sum of terms v (Y - m).
        var matched: [Double]
        /// By arm: of the units that had the arm and that the policy gives another.
        var unmatched: [Double]
        /// By arm: of all units that had it.
        var whole: [Double]
        /// Events among matched units by arm; nil for arms that the policy does not give.
        var events: [Int?]

        var isRaised: Bool { (matched + unmatched + whole).contains { $0 > 0 } }
    }

    /// - Parameter given: the policy, by unit of the range.
    /// - Complexity: O(units).
    func floor(_ table: PolicyTable, given: ArmProbabilities, units: Range<Int>) -> Floor {
        let arms = table.armCount
        let zeros = [Double](repeating: 0, count: arms)
        var (own, other, all) = (zeros, zeros, zeros)
        var (ownEvents, otherEvents, allEvents) = (
            [Int](repeating: 0, count: arms), [Int](repeating: 0, count: arms), [Int](repeating: 0, count: arms)
        )
        var (inverses, counts) = (zeros, zeros)
        // Sums over units of the squared probabilities of getting the arm, and of not getting it.
        var (shares, rests) = (zeros, zeros)
        for unit in units {
            let row = Int(given.indices[unit - units.lowerBound]) * arms
            for arm in 0..<arms {
                let share = given.distributions[row + arm]
                shares[arm] += share * share
                rests[arm] += (1 - share) * (1 - share)
            }
            let arm = Int(table.assignment[unit])
            let inverse = Double(table.columns[table.layout.inverse * table.columnStride + unit])
            let value = table.columns[(table.layout.observed + outcome) * table.columnStride + unit]
            let term =
                usesModels
                ? Double(table.columns[(table.layout.uncut + outcome) * table.columnStride + unit])
                : inverse * (Double(value) - means[arm])
            let share = given.distributions[row + arm]
            counts[arm] += 1
            inverses[arm] += inverse
            own[arm] += share * share * term * term
            other[arm] += (1 - share) * (1 - share) * term * term
            all[arm] += term * term
            guard value != usual else { continue }
            allEvents[arm] += 1
            if share > 0 { ownEvents[arm] += 1 }
            if share < 1 { otherEvents[arm] += 1 }
        }
        func raise(_ arm: Int, _ shown: Double, _ events: Int, _ expected: Double) -> Double {
            guard events < Self.fewest else { return 0 }
            // Among units that may get an arm, sum [T = arm]/e² is sum 1/e in the mean.
            return max(0, variances[arm] * expected * inverses[arm] / max(1, counts[arm]) - shown)
        }
        return Floor(
            matched: (0..<arms).map { raise($0, own[$0], ownEvents[$0], shares[$0]) },
            unmatched: (0..<arms).map { raise($0, other[$0], otherEvents[$0], rests[$0]) },
            whole: (0..<arms).map { raise($0, all[$0], allEvents[$0], Double(units.count)) },
            events: (0..<arms).map { shares[$0] > 0 ? ownEvents[$0] : nil })
    }
}

extension RareEvents.Floor {
    /// What is added to the variance of the difference from an arm.
    func added(against arm: Int) -> Double {
        matched.indices.reduce(unmatched[arm]) { $1 == arm ? $0 : $0 + matched[$1] }
    }
}
