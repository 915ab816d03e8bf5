import Experiments
import Runtime
import Statistics

/// An experiment in memory whose true effects are known, for measuring speed and accuracy: the generator behind the
/// published comparisons of causal trees and forests, extended to several arms and outcomes.
///
/// X ~ N(0,1)^p; Y_j = x4 + .5 x5^2 + tau_Wj + N(0,1); tau_ij = a x0 + b .5 [x1 > 0] - c .5 x2 [x3 > 0]. For the first arm
/// and outcome a = b = c = 1, which is the original; the others have fixed weights of their own, so that their effects are
/// not multiples of one another and policies have something to trade.
package struct SyntheticExperiment: Sendable {
    /// In canonical order; equal shares; every outcome is to be maximised.
    package let experiment: Experiment
    /// The true tau in the outcome's own unit, one column per (arm, outcome) at `(arm - 1) * outcomes + outcome`, in the
    /// order of the experiment's units.
    package let effects: [[Float]]

    /// Every column has a stream of its own, so the columns are made in parallel and none depends on how many others or
    /// how many threads there are.
    ///
    /// - Parameters:
    ///   - covariates: at least 6; those past x5 are noise.
    ///   - arms: control included, 2...256.
    ///   - splits: fold and confirm rule; unit ids are the record numbers from 1.
    /// - Complexity: O(units * (covariates + arms * outcomes) + units log units).
    package static func make(
        units: Int, covariates: Int = 20, arms: Int = 2, outcomes: Int = 1, seed: UInt64 = 1,
        splits: SplitSpec = SplitSpec(), workers: Workers = Workers()
    ) throws -> SyntheticExperiment {
        precondition(units > 0 && covariates >= 6 && (2...256).contains(arms) && outcomes >= 1)
        let rule = SplitRule(splits)
        let order = try canonicalOrder(units: units, rule: rule, workers: workers)
        let columns = try workers.map(covariates) { normals(units, seed: seed, purpose: "synthetic x\($0)") }
        let effects = try workers.map((arms - 1) * outcomes) { index in
            effect(weights(arm: index / outcomes + 1, outcome: index % outcomes), of: columns)
        }
        var random = RandomStream(seed: seed, purpose: "synthetic arm")
        let assignment = (0..<units).map { _ in UInt8(random.index(below: arms)) }
        let observed = try workers.map(outcomes) { outcome in
            let noise = normals(units, seed: seed, purpose: "synthetic y\(outcome)")
            let own = (1..<arms).map { effects[($0 - 1) * outcomes + outcome] }
            return response(columns, assignment, own, noise)
        }
        let experiment = assemble(columns, assignment, observed, order, rule: rule, splits: splits, arms: arms)
        return SyntheticExperiment(experiment: experiment, effects: effects)
    }
}

extension SyntheticExperiment {
    private static func normals(_ count: Int, seed: UInt64, purpose: String) -> [Float] {
        var random = RandomStream(seed: seed, purpose: purpose)
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer.initializeElement(at: index, to: Float(random.normal())) }
            initialized = count
        }
    }

    /// The weights (a, b, c) of an arm's effect on an outcome: a fixed pattern that walks through seven values.
    private static func weights(arm: Int, outcome: Int) -> (Float, Float, Float) {
        if arm == 1 && outcome == 0 { return (1, 1, 1) }
        let pattern: [Float] = [1, -0.5, 0.75, 0.25, -1, 0.5, -0.25]
        func weight(_ part: Int) -> Float { pattern[(3 * (arm - 1) + 5 * outcome + part * (arm + 1)) % pattern.count] }
        return (weight(0), weight(1), weight(2))
    }

    private static func effect(_ weights: (Float, Float, Float), of x: [[Float]]) -> [Float] {
        let (a, b, c) = weights
        let (x0, x1, x2, x3) = (x[0], x[1], x[2], x[3])
        return x0.indices.map { unit in
            let step: Float = x1[unit] > 0 ? 0.5 : 0
            let slope: Float = x3[unit] > 0 ? 0.5 * x2[unit] : 0
            return a * x0[unit] + b * step - c * slope
        }
    }

    private static func response(
        _ x: [[Float]], _ assignment: [UInt8], _ effects: [[Float]], _ noise: [Float]
    ) -> [Double] {
        let (x4, x5) = (x[4], x[5])
        return noise.indices.map { unit in
            let arm = Int(assignment[unit])
            let effect = arm == 0 ? 0 : Double(effects[arm - 1][unit])
            return Double(x4[unit]) + 0.5 * Double(x5[unit]) * Double(x5[unit]) + effect + Double(noise[unit])
        }
    }

    /// Record numbers by split and key. The other columns are drawn in this order already: units are alike, so which
    /// record a draw belongs to makes no difference.
    private static func canonicalOrder(
        units: Int, rule: SplitRule, workers: Workers
    ) throws -> (units: Units, tuneCount: Int) {
        let chunk = 1 << 16
        let keys = try workers.map((units + chunk - 1) / chunk) { index in
            (index * chunk..<min(units, (index + 1) * chunk)).map { StableHash.key(String($0 + 1)) }
        }.flatMap { $0 }
        let isConfirm = rule.confirm(keys)
        let halves = try workers.map(2) { half in
            keys.indices.filter { isConfirm[$0] == (half == 1) }
                .map { (key: keys[$0], row: UInt32($0 + 1)) }
                .sorted { ($0.key, $0.row) < ($1.key, $1.row) }
        }
        let all = halves[0] + halves[1]
        return (Units(keys: all.map(\.key), rows: all.map(\.row)), halves[0].count)
    }

    private static func assemble(
        _ columns: [[Float]], _ assignment: [UInt8], _ observed: [[Double]], _ order: (units: Units, tuneCount: Int),
        rule: SplitRule, splits: SplitSpec, arms: Int
    ) -> Experiment {
        let armNames = ["control"] + (1..<arms).map { "arm\($0)" }
        let outcomeNames = observed.indices.map { "y\($0)" }
        let shares = [Double](repeating: 1 / Double(arms), count: arms)
        let spec = ExperimentSpec(
            name: "synthetic", data: "synthetic.csv", unit: .row,
            treatment: TreatmentSpec(column: "arm", control: "control", arms: armNames, assignment: .shares(shares)),
            outcomes: outcomeNames.map { OutcomeSpec(name: $0, direction: .maximize) },
            covariates: columns.indices.map { CovariateSpec(column: "x\($0)", kind: .numeric) }, splits: splits)
        return Experiment(
            spec: spec, arms: armNames,
            outcomes: zip(outcomeNames, observed).map { name, values in
                Outcome(
                    name: name, direction: .maximize, threshold: nil, armCosts: [Double](repeating: 0, count: arms),
                    observed: ScaledColumn(values))
            },
            covariates: columns.enumerated().map { index, values in
                Covariate(name: "x\(index)", encoding: .numeric(centre: 0), values: values)
            },
            units: order.units, assignment: assignment, propensity: .shares(shares), splitRule: rule,
            tuneCount: order.tuneCount, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
