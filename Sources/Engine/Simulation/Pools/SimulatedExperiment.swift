import Experiments
import Runtime

/// An experiment in memory from columns that somebody drew: equal shares, every outcome to be maximised.
package enum SimulatedExperiment {
    /// Units are numbered from 1 in the order of the rows, and put in canonical order.
    /// - Parameters:
    ///   - columns: one per covariate, x1, x2, ...
    ///   - assignment: an index into the arms, control at 0.
    ///   - outcomes: observed values by name.
    package static func make(
        name: String, columns: [[Float]], assignment: [UInt8], arms: [String],
        outcomes: [(name: String, values: [Double])],
        splits: SplitSpec = SplitSpec()
    ) -> Experiment {
        let rule = SplitRule(splits)
        let keys = assignment.indices.map { StableHash.key("\(name)-\($0 + 1)") }
        let isConfirm = rule.confirm(keys)
        let order = keys.indices.sorted {
            (isConfirm[$0] ? 1 : 0, keys[$0], $0) < (isConfirm[$1] ? 1 : 0, keys[$1], $1)
        }
        let shares = arms.map { _ in 1 / Double(arms.count) }
        let spec = ExperimentSpec(
            name: name, data: "\(name).csv", unit: .row,
            treatment: TreatmentSpec(column: "arm", control: arms[0], arms: arms, assignment: .shares(shares)),
            outcomes: outcomes.map { OutcomeSpec(name: $0.name, direction: .maximize) },
            covariates: columns.indices.map { CovariateSpec(column: "x\($0 + 1)", kind: .numeric) }, splits: splits)
        return Experiment(
            spec: spec, arms: arms,
            outcomes: outcomes.map { outcome in
                Outcome(
                    name: outcome.name, direction: .maximize, threshold: nil, armCosts: arms.map { _ in 0 },
                    observed: ScaledColumn(order.map { outcome.values[$0] }))
            },
            covariates: columns.enumerated().map { index, column in
                Covariate(name: "x\(index + 1)", encoding: .numeric(centre: 0), values: order.map { column[$0] })
            },
            units: Units(keys: order.map { keys[$0] }, rows: order.map { UInt32($0 + 1) }),
            assignment: order.map { assignment[$0] }, propensity: .shares(shares), splitRule: rule,
            tuneCount: isConfirm.count { !$0 }, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}

extension SyntheticPool {
    /// One experiment of the pool, read.
    /// - Parameter units: of each arm.
    package func experiment(_ index: Int, units: Int, chunk: String = "") -> Experiment {
        let sample = sample(2 * units, experiment: index, chunk: "experiment \(chunk)")
        let assignment = (0..<2 * units).map { UInt8($0 % 2) }
        return SimulatedExperiment.make(
            name: Self.name(index, of: experimentCount),
            columns: (0..<featureCount).map { feature in
                assignment.indices.map { Float(sample.features[$0 * featureCount + feature]) }
            }, assignment: assignment, arms: ["control", "treatment"],
            outcomes: shape.outcomes.enumerated().map { slot, name in
                (
                    name,
                    assignment.indices.map { sample.outcomes[Int(assignment[$0]) * outcomeCount + slot][$0] }
                )
            })
    }
}
