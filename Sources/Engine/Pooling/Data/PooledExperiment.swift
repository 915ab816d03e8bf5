import Effects
import Experiments
import Runtime
import Statistics

/// One experiment as a pool holds it: standardised inputs, arms, and outcomes around the mean of its control, in units of a
/// standard deviation that is control's until the pool sets one for all its experiments.
package struct PooledExperiment: Sendable {
    package let name: String
    /// Control first.
    package let arms: [String]
    package let outcomes: [String]
    /// Row-major, units x inputs.
    package let features: [Float]
    package let assignment: [UInt8]
    /// One column per outcome.
    package private(set) var values: [[Float]]
    /// Control's mean of each outcome, and what its values are divided by, in the outcome's own unit.
    package let centres: [Double]
    package private(set) var scales: [Double]
    /// What splits are drawn by.
    package let keys: [UInt64]
    /// Of the units' ids.
    let unitKeys: [UInt64]
    /// Known effects in the outcomes' own units, at (arm - 1) * outcomes + outcome, NaN where a unit's are not known; nil where
    /// nobody knows any.
    package private(set) var truth: [[Double]]?
    private let propensity: Propensity

    package var unitCount: Int { assignment.count }

    /// - Parameter inputs: without layers, bound to the covariates of the pool.
    /// - Throws: `EspalierError` (.data): an outcome that does not vary among control units, an arm without units, a covariate
    ///   that is not there or is of another kind.
    package init(_ experiment: Experiment, inputs: Embedding) throws {
        let name = experiment.spec.name
        let bound = try inputs.binding(to: experiment.covariates)
        features = bound.standardised(experiment.covariates.map(\.values), rows: Array(0..<experiment.unitCount))
        self.name = name
        arms = experiment.arms
        outcomes = experiment.outcomes.map(\.name)
        assignment = experiment.assignment
        keys = experiment.units.splitKeys
        unitKeys = experiment.units.keys
        propensity = experiment.propensity
        for arm in experiment.arms.indices where !experiment.assignment.contains(UInt8(arm)) {
            throw EspalierError(
                .data, "the arm \(experiment.arms[arm]) of \(name) has no units",
                remedy: "leave the arm or the experiment out")
        }
        var (centres, scales, columns): ([Double], [Double], [[Float]]) = ([], [], [])
        for outcome in experiment.outcomes {
            var moments = Moments()
            for (unit, arm) in experiment.assignment.enumerated() where arm == 0 {
                moments.add(outcome.observed.value(unit))
            }
            guard moments.standardDeviation > 0 else {
                throw EspalierError(
                    .data, "the outcome \(outcome.name) of \(name) is the same for all units of control",
                    remedy: "leave the outcome or the experiment out")
            }
            let (centre, scale) = (moments.mean, moments.standardDeviation)
            centres.append(centre)
            scales.append(scale)
            columns.append(
                experiment.assignment.indices.map { Float((outcome.observed.value($0) - centre) / scale) })
        }
        (self.centres, self.scales, values) = (centres, scales, columns)
    }

    /// The same with other units of an outcome.
    func rescaling(_ outcome: Int, to scale: Double) -> PooledExperiment {
        var result = self
        let factor = scales[outcome] / scale
        result.values[outcome] = values[outcome].map { Float(Double($0) * factor) }
        result.scales[outcome] = scale
        return result
    }

    /// The same with effects that are known.
    /// - Parameters:
    ///   - units: keys of the ids of those whose effects are known.
    ///   - effects: at (arm - 1) * outcomes + outcome, one value per unit.
    package func knowing(_ effects: [[Double]], of units: [UInt64]) -> PooledExperiment {
        var result = self
        let places = Dictionary(zip(units, units.indices)) { first, _ in first }
        result.truth = effects.map { column in unitKeys.map { key in places[key].map { column[$0] } ?? .nan } }
        return result
    }

    /// p = e_i/(e_0 + e_i) of a unit.
    func share(ofArm arm: Int, unit: Int) -> Double {
        let own = propensity.of(arm: arm, unit: unit)
        return own / (own + propensity.of(arm: 0, unit: unit))
    }

    /// Features of some units, row-major.
    func features(of units: [Int]) -> [Float] {
        let width = unitCount > 0 ? features.count / unitCount : 0
        var rows: [Float] = []
        rows.reserveCapacity(units.count * width)
        for unit in units { rows += features[unit * width..<(unit + 1) * width] }
        return rows
    }
}
