import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Synchronization

/// A randomised experiment made in memory, with the true effect of each arm on the outcome.
struct SimulatedExperiment {
    var units = 4_000
    var covariates = 4
    /// Planned shares, control first.
    var shares: [Double] = [1, 1]
    var noise = Noise.gaussian
    var confirm = 0.0
    var seed: UInt64 = 1
    var missing = 0.0
    /// Levels of one categorical covariate after the numeric ones; 0 has none.
    var levels = 0
    var armCosts: [Double] = []
    /// Whether each unit has its own propensity, by its first covariate.
    var variesPropensity = false
    /// The effect of an arm on the outcome at the encoded covariates.
    var effect: @Sendable (Int, [Float]) -> Double = { _, _ in 0 }

    enum Noise: CaseIterable {
        case gaussian, binary, lognormal
    }

    /// - Parameter outcomes: copies of the outcome with fresh noise.
    func make(outcomes: Int = 1) -> Experiment {
        var stream = RandomStream(seed: seed)
        let total = shares.reduce(0, +)
        let planned = shares.map { $0 / total }
        let rule = SplitRule(seed: seed, confirmShare: confirm, foldCount: 5)
        let keys = Self.keys(units)
        let isConfirm = rule.confirm(keys)
        let ordered = keys.indices.filter { !isConfirm[$0] } + keys.indices.filter { isConfirm[$0] }
        var columns = (0..<covariates + (levels > 0 ? 1 : 0)).map { _ in [Float](repeating: 0, count: units) }
        var assignment = [UInt8](repeating: 0, count: units)
        var propensities = planned.map { _ in [Float](repeating: 0, count: units) }
        var values = (0..<outcomes).map { _ in [Double](repeating: 0, count: units) }
        for unit in 0..<units {
            var point = (0..<covariates).map { _ in Float(stream.normal()) }
            if levels > 0 { point.append(Float(stream.index(below: levels))) }
            let own = variesPropensity ? Self.tilted(planned, by: point[0]) : planned
            let arm = Self.draw(own, stream.uniform())
            assignment[unit] = UInt8(arm)
            for outcome in 0..<outcomes {
                let effect = arm == 0 ? 0 : effect(arm, point)
                values[outcome][unit] = noise.draw(point, effect, &stream)
            }
            for index in own.indices { propensities[index][unit] = Float(own[index]) }
            for index in columns.indices { columns[index][unit] = stream.bernoulli(missing) ? .nan : point[index] }
        }
        return Experiment(
            spec: spec(outcomes: outcomes), arms: planned.indices.map { "arm\($0)" },
            outcomes: values.enumerated().map { index, values in
                Outcome(
                    name: "y\(index)", direction: .maximize, threshold: nil, armCosts: armCosts,
                    observed: ScaledColumn(values))
            },
            covariates: columns.enumerated().map { index, values in
                Covariate(
                    name: "x\(index)",
                    encoding: index < covariates
                        ? .numeric(centre: 0) : .categorical(levels: (0..<levels).map { "level\($0)" }),
                    values: values)
            },
            units: Units(keys: ordered.map { keys[$0] }, rows: (1...UInt32(units)).map { $0 }),
            assignment: assignment, propensity: variesPropensity ? .columns(propensities) : .shares(planned),
            splitRule: rule, tuneCount: isConfirm.count { !$0 }, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }

    /// Made once for each number of units: simulations of a thousand experiments spend much of their time on them otherwise.
    private static let sortedKeys = Mutex<[Int: [UInt64]]>([:])

    private static func keys(_ units: Int) -> [UInt64] {
        if let known = sortedKeys.withLock({ $0[units] }) { return known }
        let keys = (0..<units).map { StableHash.key("\($0)") }.sorted()
        sortedKeys.withLock { $0[units] = keys }
        return keys
    }

    private func spec(outcomes: Int) -> ExperimentSpec {
        ExperimentSpec(
            name: "simulated", data: "none", unit: .row,
            treatment: TreatmentSpec(column: "arm", control: "arm0"),
            outcomes: (0..<outcomes).map { OutcomeSpec(name: "y\($0)", direction: .maximize) }, covariates: [])
    }

    private static func draw(_ shares: [Double], _ uniform: Double) -> Int {
        var rest = uniform
        for (arm, share) in shares.enumerated() {
            rest -= share
            if rest < 0 { return arm }
        }
        return shares.count - 1
    }

    private static func tilted(_ shares: [Double], by x: Float) -> [Double] {
        let treated = x > 0 ? 0.75 : 0.25
        let rest = shares.dropFirst().reduce(0, +)
        return [1 - treated] + shares.dropFirst().map { $0 / rest * treated }
    }
}

extension SimulatedExperiment.Noise {
    /// An outcome whose mean moves by exactly `effect`, in the scale that suits the noise.
    func draw(_ point: [Float], _ effect: Double, _ stream: inout RandomStream) -> Double {
        let base = point.count > 1 && !point[1].isNaN ? 0.3 * Double(point[1]) : 0
        switch self {
        case .gaussian: return base + effect + stream.normal()
        case .binary: return stream.bernoulli(0.03 + effect) ? 1 : 0
        case .lognormal: return exp(0.5 * stream.normal()) + effect
        }
    }
}
