import Runtime

/// Whether the arms are alike before exposure: every covariate by itself, and all of them at once (METHODS section 7).
package struct BalanceReport: Sendable, Equatable, Codable {
    /// The p-value (Holm's for covariates) below which balance is taken for broken; at 5% every twentieth healthy
    /// experiment would be blocked.
    package static let alarm = 0.001

    /// The arms that `CovariateBalance.differences` go with: all but control.
    package let arms: [String]
    package let control: String
    /// In the order of the spec.
    package let covariates: [CovariateBalance]
    /// Whether the arms are independent of all covariates that do not already differ by themselves; nil where the arms were
    /// not randomised by known probabilities, or no covariate varies.
    package let omnibus: IndependenceTest?
    /// Whether means are weighted by 1/e.
    package let isWeighted: Bool

    package init(
        arms: [String], control: String, covariates: [CovariateBalance], omnibus: IndependenceTest?, isWeighted: Bool
    ) {
        self.arms = arms
        self.control = control
        self.covariates = covariates
        self.omnibus = omnibus
        self.isWeighted = isWeighted
    }

    /// Products of unit and pair of features that the omnibus test may cost; beyond it looks at evenly spaced units.
    private static let omnibusCost = 2e10

    /// - Complexity: O(units x (covariates log units + features^2)), parallel over covariates.
    package static func examine(_ experiment: Experiment, workers: Workers = Workers()) throws -> BalanceReport {
        let differences = StandardisedDifferences(experiment)
        let isRandomised = experiment.spec.treatment.assignment.isRandomised
        var smallest =
            experiment.assignment.reduce(into: [Int](repeating: 0, count: experiment.arms.count)) {
                $0[Int($1)] += 1
            }.map { Double($0) / Double(max(1, experiment.unitCount)) }.min() ?? 0
        if case .columns(let columns) = experiment.propensity {
            smallest = columns.map { $0.reduce(0) { $0 + Double($1) } / Double(max(1, $0.count)) }.min() ?? 0
        }
        let share = smallest
        let randomised = experiment.units.clusters == nil ? nil : experiment.randomisedUnits
        let isByCluster = randomised.map { $0.count < experiment.unitCount } ?? false
        let drawn = Randomisation(experiment, units: isByCluster ? randomised : nil)
        // One thread inside each: the covariates are what runs side by side.
        let parts = try workers.map(experiment.covariates.count) { index -> Part in
            let covariate = experiment.covariates[index]
            let described = differences.describe(covariate)
            guard isRandomised else { return Part(balance: described, features: [], test: nil) }
            // Where clusters were randomised their means are what the arms are independent of.
            let unitFeatures = BalanceFeatures.columns(of: covariate, smallestShare: share)
            let features = isByCluster ? unitFeatures.map { experiment.clusterMeans($0) } : unitFeatures
            let test = try IndependenceTest.run(
                features, assignment: drawn.assignment, propensity: drawn.propensity,
                armCount: experiment.arms.count, workers: Workers(count: 1))
            return Part(balance: described, features: features, test: test)
        }
        let tested = parts.indices.filter { parts[$0].test != nil }
        var adjusted: [Int: Double] = [:]
        for (index, p) in zip(tested, Holm.adjusted(tested.compactMap { parts[$0].test?.p })) { adjusted[index] = p }
        let covariates = parts.enumerated().map { index, part in
            let balance = part.balance
            return CovariateBalance(
                name: balance.name, differences: balance.differences, level: balance.level, levels: balance.levels,
                missingDifferences: balance.missingDifferences, test: part.test, adjustedP: adjusted[index])
        }
        var isWeighted = false
        if case .columns = experiment.propensity { isWeighted = true }
        return BalanceReport(
            arms: Array(experiment.arms.dropFirst()), control: experiment.arms[0], covariates: covariates,
            omnibus: try omnibus(
                zip(parts, covariates).flatMap { $1.differsByArm ? [] : $0.features }, drawn,
                armCount: experiment.arms.count, workers: workers),
            isWeighted: isWeighted)
    }

    private struct Part: Sendable {
        let balance: CovariateBalance
        let features: [[Float]]
        let test: IndependenceTest?
    }

    /// The arms of what was randomised, and with which probabilities.
    private struct Randomisation: Sendable {
        let assignment: [UInt8]
        let propensity: Propensity

        /// - Parameter units: one for each that was randomised; nil for all.
        init(_ experiment: Experiment, units: [Int]?) {
            guard let units else {
                assignment = experiment.assignment
                propensity = experiment.propensity
                return
            }
            assignment = units.map { experiment.assignment[$0] }
            switch experiment.propensity {
            case .shares: propensity = experiment.propensity
            case .columns(let columns): propensity = .columns(columns.map { column in units.map { column[$0] } })
            }
        }
    }

    private static func omnibus(
        _ features: [[Float]], _ drawn: Randomisation, armCount: Int, workers: Workers
    ) throws -> IndependenceTest? {
        var cost = Double(drawn.assignment.count) * Double(features.count * features.count)
        if case .columns(let columns) = drawn.propensity { cost *= Double(columns.count * columns.count) / 2 }
        let step = max(1, Int((cost / omnibusCost).rounded(.up)))
        guard step > 1 else {
            return try IndependenceTest.run(
                features, assignment: drawn.assignment, propensity: drawn.propensity,
                armCount: armCount, workers: workers)
        }
        func thinned<Value>(_ values: [Value]) -> [Value] {
            stride(from: 0, to: values.count, by: step).map { values[$0] }
        }
        func centred(_ values: [Float]) -> [Float] {
            let part = thinned(values)
            let mean = Float(part.reduce(0) { $0 + Double($1) } / Double(max(1, part.count)))
            return part.map { $0 - mean }
        }
        let propensity: Propensity =
            switch drawn.propensity {
            case .shares(let shares): .shares(shares)
            case .columns(let columns): .columns(columns.map(thinned))
            }
        return try IndependenceTest.run(
            features.map(centred), assignment: thinned(drawn.assignment), propensity: propensity,
            armCount: armCount, workers: workers)
    }
}
