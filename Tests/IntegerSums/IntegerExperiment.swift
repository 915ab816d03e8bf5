import Experiments
import Runtime
import Statistics

/// An experiment of whole numbers: four numeric covariates and one of six levels, all with missing values, three arms, two
/// outcomes. Once as a list, once as the experiment that units in memory are read from; no sum of it is ever rounded.
package struct IntegerExperiment: Sendable {
    package let units: [IntegerUnit]
    package let experiment: Experiment

    /// - Parameter variesPropensity: whether each unit has propensities of its own, whose inverses are whole numbers.
    package init(units count: Int = 4_000, seed: UInt64 = 1, variesPropensity: Bool = false) {
        var stream = RandomStream(seed: seed)
        let rule = SplitRule(seed: seed, confirmShare: 0.2, foldCount: 5)
        let keys = (0..<count).map { StableHash.key("\($0)") }.sorted()
        let isConfirm = rule.confirm(keys)
        let ordered = keys.indices.filter { !isConfirm[$0] } + keys.indices.filter { isConfirm[$0] }
        let canonical = ordered.map { keys[$0] }
        let prune = SaltedDraw(seed: seed, salt: "prune")
        let tuneCount = isConfirm.count { !$0 }
        let estimates = rule.estimation(canonical)
        var units: [IntegerUnit] = []
        var propensities: [[Float]] = [[], [], []]
        for index in 0..<count {
            let covariates = (0..<5).map { column -> Int? in
                stream.bernoulli(0.1) ? nil : column == 4 ? stream.index(below: 6) : stream.index(below: 61) - 30
            }
            let shares: [Float] =
                (covariates[0] ?? 0) > 10 && variesPropensity ? [0.25, 0.5, 0.25] : [0.5, 0.25, 0.25]
            let uniform = Float(stream.uniform())
            let arm = uniform < shares[0] ? 0 : uniform < shares[0] + shares[1] ? 1 : 2
            for other in 0..<3 { propensities[other].append(shares[other]) }
            units.append(
                IntegerUnit(
                    covariates: covariates, arm: arm, outcomes: Self.outcomes(covariates, arm: arm, &stream),
                    weight: variesPropensity ? Int(1 / shares[arm]) : 1, isTune: index < tuneCount,
                    estimates: estimates[index], fold: prune.group(canonical[index], of: 5)))
        }
        self.units = units
        experiment = Experiment(
            spec: ExperimentSpec(
                name: "whole numbers", data: "none", unit: .row,
                treatment: TreatmentSpec(column: "arm", control: "0"), outcomes: [], covariates: []),
            arms: ["0", "1", "2"],
            outcomes: (0..<2).map { outcome in
                Outcome(
                    name: "y\(outcome)", direction: .maximize, threshold: nil, armCosts: [0.5, 0.75, 2],
                    observed: ScaledColumn(
                        centre: 3, scale: 0.25, values: units.map { Float($0.outcomes[outcome]) }))
            },
            covariates: (0..<5).map { column in
                Covariate(
                    name: "x\(column)",
                    encoding: column < 4
                        ? .numeric(centre: 0) : .categorical(levels: ["a", "b", "c", "d", "e", "f"]),
                    values: units.map { $0.covariates[column].map { Float($0) } ?? .nan })
            },
            units: Units(keys: canonical, rows: (0..<UInt32(count)).map { $0 + 1 }),
            assignment: units.map { UInt8($0.arm) },
            propensity: variesPropensity ? .columns(propensities) : .shares([0.5, 0.25, 0.25]), splitRule: rule,
            tuneCount: tuneCount, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }

    /// Noise, an effect that depends on two numbers and on what is missing, and one that depends on the level.
    private static func outcomes(_ x: [Int?], arm: Int, _ stream: inout RandomStream) -> [Int] {
        let noise = (0..<2).map { _ in (0..<4).reduce(0) { sum, _ in sum + stream.index(below: 21) - 10 } }
        guard arm > 0 else { return noise }
        let first = (x[1].map { $0 > 5 ? 12 : -6 } ?? 20) + ((x[2] ?? 0) > 0 ? 5 * arm : 0)
        let second = [1, 4].contains(x[4]) ? 15 : (x[3] ?? 30) > 10 ? 8 : 0
        return [noise[0] + first, noise[1] + second]
    }
}
