import Effects
import Experiments
import Runtime
import Statistics

/// The effect of one arm on one outcome in every cell of one or two crossed dimensions, on tune units: dimensions that the
/// analyst named, not the data, so nothing had to be kept apart (S3 "dimension drill-down").
package struct EffectDrillDown: Sendable, Equatable, Codable {
    package struct Cell: Sendable, Equatable, Codable {
        /// The group of each dimension.
        package let groups: [String]
        /// nil where an arm has fewer than two units in the cell.
        package let estimate: SubgroupEstimate?
        /// The p-value of no effect after Holm, and after Benjamini and Hochberg, over the cells.
        package let holm: Double?
        package let falseDiscovery: Double?
    }

    package let arm: Int
    package let outcome: Int
    package let dimensions: [String]
    /// The first dimension's groups, and within each the second's.
    package let cells: [Cell]
    /// Whether the effect differs between the groups.
    package let variance: EffectVariance
}

extension EffectDrillDown {
    /// - Parameter covariates: one or two different ones.
    /// - Throws: `CancellationError`.
    package static func run(
        _ experiment: Experiment, arm: Int, outcome: Int, by covariates: [Int], groups: Int = 4,
        context: RunContext = RunContext()
    ) throws -> EffectDrillDown {
        let units = experiment.tune
        let crossed = try CrossedDimensions(
            experiment, covariates: covariates, units: units, groups: groups, context: context)
        let pair = ContrastUnits(experiment, arm: arm, units: units)
        let count = crossed.cellCount
        let observed = experiment.outcomes[outcome].observed.values
        let sums = pair.sums(
            pair.places.map { observed[units.lowerBound + Int($0)] }, cells: pair.gather(crossed.cellOf),
            count: count)
        var total = (control: ArmSums(), treated: ArmSums())
        for cell in 0..<count {
            total.control += sums[2 * cell]
            total.treated += sums[2 * cell + 1]
        }
        let estimates = (0..<count).map { cell in
            SubgroupEstimate(
                inside: (sums[2 * cell], sums[2 * cell + 1]), total: total, outcome: experiment.outcomes[outcome],
                arm: arm)
        }
        let known = estimates.indices.filter { estimates[$0] != nil }
        let p = known.compactMap { estimates[$0]?.p }
        let holm = Dictionary(uniqueKeysWithValues: zip(known, Holm.adjusted(p)))
        let discovery = Dictionary(uniqueKeysWithValues: zip(known, FalseDiscovery.adjusted(p)))
        return EffectDrillDown(
            arm: arm, outcome: outcome, dimensions: crossed.dimensions.map(\.name),
            cells: (0..<count).map { cell in
                Cell(
                    groups: crossed.labels(of: cell), estimate: estimates[cell], holm: holm[cell],
                    falseDiscovery: discovery[cell])
            },
            variance: try EffectVariance.analyse(
                experiment, arm: arm, outcome: outcome, by: crossed.dimensions, units: units))
    }
}
