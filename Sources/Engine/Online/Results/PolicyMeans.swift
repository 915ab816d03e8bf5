import Experiments
import Statistics

/// What the units of one policy of a round did: the means of the plan's outcomes, net of costs, and how they vary together.
package struct PolicyMeans: Sendable, Equatable, Codable {
    /// Id in the plan; `random` for units of the slice.
    package let policy: String
    /// Units.
    package let users: Int
    /// By outcome, in its own unit.
    package let means: [Double]
    /// Of the means, outcomes x outcomes; zeros off the diagonal where aggregates do not tell.
    package let covariance: [[Double]]
    /// By outcome: the parts of the error of an index of surrogates, which all policies share (`IndexRule.error`); empty for other
    /// outcomes, nil where there is no index.
    package let indexErrors: [[Double]]?

    package init(
        policy: String, users: Int, means: [Double], covariance: [[Double]], indexErrors: [[Double]]? = nil
    ) {
        self.indexErrors = indexErrors
        self.policy = policy
        self.users = users
        self.means = means
        self.covariance = covariance
    }

    /// Among the units; what the coefficients of an index add is not in it.
    package func variance(_ outcome: Int) -> Double { covariance[outcome][outcome] }

    package func standardError(_ outcome: Int) -> Double {
        (max(0, variance(outcome)) + indexCovariance(outcome, with: self)).squareRoot()
    }

    /// What the error of an index brings to this mean and another's alike.
    func indexCovariance(_ outcome: Int, with other: PolicyMeans) -> Double {
        zip(indexError(outcome), other.indexError(outcome)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// What the error of an index brings to the differences of two policies from control alike.
    func indexCovariance(_ outcome: Int, with other: PolicyMeans, from control: PolicyMeans) -> Double {
        let base = control.indexError(outcome)
        return zip(zip(indexError(outcome), other.indexError(outcome)), base).reduce(0) {
            $0 + ($1.0.0 - $1.1) * ($1.0.1 - $1.1)
        }
    }

    private func indexError(_ outcome: Int) -> [Double] { indexErrors?[outcome] ?? [] }
}

/// How an outcome is made of columns: the mean of one, or the ratio of two means, less the mean of a third, the arms' costs.
struct OutcomeTerms: Sendable, Equatable {
    let numerator: Int
    var denominator: Int?
    var cost: Int?
    /// Of an index, and the columns that it is made of, in its order.
    var index: (rule: IndexRule, columns: [Int])?

    static func == (a: OutcomeTerms, b: OutcomeTerms) -> Bool {
        (a.numerator, a.denominator, a.cost) == (b.numerator, b.denominator, b.cost) && a.index?.rule == b.index?.rule
            && a.index?.columns == b.index?.columns
    }
}

extension PolicyMeans {
    /// The means of every policy from rows, which come in an order that their units decide: sums of doubles depend on it.
    /// - Parameters:
    ///   - policyOf: index into `policies`, by row.
    ///   - columns: of numbers, one entry per row.
    ///   - clusters: key of each row's cluster; nil where rows are independent.
    /// - Returns: of policies that have rows, in the order given.
    /// - Complexity: O(rows x columns²).
    static func of(
        _ policies: [String], policyOf: [Int32], columns: [[Double]], terms: [OutcomeTerms], clusters: [UInt64]?
    ) -> [PolicyMeans] {
        let width = columns.count
        var counts = [Int](repeating: 0, count: policies.count)
        var means = [[Double]](repeating: Array(repeating: 0, count: width), count: policies.count)
        for policy in policyOf { counts[Int(policy)] += 1 }
        for (index, column) in columns.enumerated() {
            var sums = [Double](repeating: 0, count: policies.count)
            for (row, policy) in policyOf.enumerated() { sums[Int(policy)] += column[row] }
            for policy in policies.indices where counts[policy] > 0 {
                means[policy][index] = sums[policy] / Double(counts[policy])
            }
        }
        let products = products(policyOf, columns, means: means, clusters: clusters)
        return policies.indices.filter { counts[$0] > 0 }.map { policy in
            PolicyMeans(
                policies[policy], users: counts[policy], means: means[policy], products: products[policy], terms: terms)
        }
    }

    /// - Parameters:
    ///   - means: of the columns.
    ///   - products: covariance of those means.
    private init(_ policy: String, users: Int, means: [Double], products: [[Double]], terms: [OutcomeTerms]) {
        // An outcome's slopes in the means of the columns: a ratio by the delta method.
        var values: [Double] = []
        var slopes: [[Double]] = []
        for term in terms {
            var slope = means.map { _ in 0.0 }
            var value = means[term.numerator]
            slope[term.numerator] = 1
            if let denominator = term.denominator {
                value /= means[denominator]
                slope[term.numerator] = 1 / means[denominator]
                slope[denominator] -= value / means[denominator]
            }
            if let cost = term.cost {
                value -= means[cost]
                slope[cost] -= 1
            }
            values.append(value)
            slopes.append(slope)
        }
        let covariance = slopes.map { left in
            slopes.map { right in
                left.indices.reduce(0.0) { sum, a in
                    left[a] == 0
                        ? sum : sum + left[a] * right.indices.reduce(0.0) { $0 + products[a][$1] * right[$1] }
                }
            }
        }
        self.init(
            policy: policy, users: users, means: values, covariance: covariance,
            indexErrors: terms.contains { $0.index != nil }
                ? terms.map { $0.index.map { $0.rule.error(ofMeans: $0.columns.map { means[$0] }) } ?? [] } : nil)
    }

    /// The covariance of the columns' means, by policy.
    private static func products(
        _ policyOf: [Int32], _ columns: [[Double]], means: [[Double]], clusters: [UInt64]?
    ) -> [[[Double]]] {
        let width = columns.count
        var sums = [Double](repeating: 0, count: means.count * width * width)
        var groups = [Int](repeating: 0, count: means.count)
        var counts = [Int](repeating: 0, count: means.count)
        for policy in policyOf { counts[Int(policy)] += 1 }
        func add(_ deviations: [Double], to policy: Int) {
            groups[policy] += 1
            let start = policy * width * width
            for a in 0..<width {
                for b in 0...a { sums[start + a * width + b] += deviations[a] * deviations[b] }
            }
        }
        if let clusters {
            // A cluster's units go together: its sum of deviations is one term.
            var terms: [UInt64: (policy: Int, sums: [Double])] = [:]
            var order: [UInt64] = []
            // A cluster draws one policy with all its units.
            for (row, key) in clusters.enumerated() {
                let policy = Int(policyOf[row])
                if terms[key] == nil {
                    terms[key] = (policy, Array(repeating: 0, count: width))
                    order.append(key)
                }
                for a in 0..<width { terms[key]?.sums[a] += columns[a][row] - means[policy][a] }
            }
            for key in order {
                if let term = terms[key] { add(term.sums, to: term.policy) }
            }
        } else {
            var deviations = [Double](repeating: 0, count: width)
            for (row, policy) in policyOf.enumerated() {
                for a in 0..<width { deviations[a] = columns[a][row] - means[Int(policy)][a] }
                add(deviations, to: Int(policy))
            }
        }
        return means.indices.map { policy in
            let (count, group) = (Double(counts[policy]), Double(groups[policy]))
            let scale = group > 1 ? group / (group - 1) / (count * count) : 0
            return (0..<width).map { a in
                (0..<width).map { b in scale * sums[policy * width * width + max(a, b) * width + min(a, b)] }
            }
        }
    }
}
