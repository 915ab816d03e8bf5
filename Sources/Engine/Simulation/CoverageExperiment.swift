import Effects
import Experiments
import Foundation
import Runtime
import Statistics

/// A small experiment with known effects, and effects estimated by a learner that costs next to nothing: linear T-learners by
/// fold. Everything after the learner is the real pipeline.
///
/// Three equal arms, x ~ N(0, 1)^3, two outcomes Y_j = .5 x_j + tau_j + (shared + own noise), of sd 1 in all. Effects are
/// lines in x that trade the first outcome against the second.
package struct CoverageExperiment: Sendable {
    package static let armCount = 3
    package static let outcomeCount = 2
    private static let covariateCount = 3
    /// Intercept and slopes of tau by `ContrastIndex.position`, at strength 1.
    private static let effects: [[Double]] = [
        [0.15, 0.3, 0, 0], [-0.1, -0.2, 0.2, 0], [0.1, 0, 0.25, 0], [-0.05, 0, 0, 0.25],
    ]

    package let experiment: Experiment
    /// mu of each fold's model at fold, then arm * outcomes + outcome: an intercept and slopes, in scaled outcomes.
    private let models: [[[Double]]]
    private let strength: Double

    /// - Parameter strength: multiplies every effect; at 0 no arm does anything.
    package init(units: Int, strength: Double, seed: UInt64) {
        self.strength = strength
        var stream = RandomStream(seed: seed, purpose: "coverage experiment")
        let spec = ExperimentSpec(
            name: "coverage", data: "coverage.csv", unit: .row,
            treatment: TreatmentSpec(column: "arm", control: "arm0"),
            outcomes: (0..<Self.outcomeCount).map { OutcomeSpec(name: "y\($0)", direction: .maximize) },
            covariates: (0..<Self.covariateCount).map { CovariateSpec(column: "x\($0)", kind: .numeric) },
            splits: SplitSpec(seed: seed))
        let rule = SplitRule(spec.splits)
        let sorted = (1...units).map { (key: StableHash.key(String($0)), row: UInt32($0)) }.sorted { $0.key < $1.key }
        let isConfirm = rule.confirm(sorted.map(\.key))
        let order = [false, true].flatMap { side in sorted.indices.filter { isConfirm[$0] == side }.map { sorted[$0] } }
        var columns = [[Float]](repeating: [], count: Self.covariateCount)
        var values = [[Double]](repeating: [], count: Self.outcomeCount)
        var assignment: [UInt8] = []
        for _ in 0..<units {
            let x = (0..<Self.covariateCount).map { _ in stream.normal() }
            let arm = stream.index(below: Self.armCount)
            let shared = stream.normal()
            for j in 0..<Self.outcomeCount {
                let noise = 0.6 * shared + 0.8 * stream.normal()
                values[j].append(0.5 * x[j] + Self.effect(arm, j, x, strength) + noise)
            }
            for index in x.indices { columns[index].append(Float(x[index])) }
            assignment.append(UInt8(arm))
        }
        let shares = [Double](repeating: 1 / Double(Self.armCount), count: Self.armCount)
        experiment = Experiment(
            spec: spec, arms: (0..<Self.armCount).map { "arm\($0)" },
            outcomes: values.enumerated().map { index, values in
                Outcome(
                    name: "y\(index)", direction: .maximize, threshold: nil,
                    armCosts: Array(repeating: 0, count: Self.armCount), observed: ScaledColumn(values))
            },
            covariates: columns.enumerated().map { index, values in
                Covariate(name: "x\(index)", encoding: .numeric(centre: 0), values: values)
            },
            units: Units(keys: order.map(\.key), rows: order.map(\.row)), assignment: assignment,
            propensity: .shares(shares), splitRule: rule, tuneCount: isConfirm.count { !$0 }, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
        models = Self.fit(experiment)
    }

    private static func effect(_ arm: Int, _ outcome: Int, _ x: [Double], _ strength: Double) -> Double {
        guard arm > 0, strength != 0 else { return 0 }
        let line = effects[ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)]
        return strength * zip(line.dropFirst(), x).reduce(line[0]) { $0 + $1.0 * $1.1 }
    }

    /// The true effect of an arm on an outcome at x.
    package func effect(arm: Int, outcome: Int, at x: [Double]) -> Double {
        Self.effect(arm, outcome, x, strength)
    }

    /// Model k never saw fold k.
    private static func fit(_ experiment: Experiment) -> [[[Double]]] {
        let folds = experiment.splitRule.folds(experiment.units.splitKeys)
        return (0..<experiment.splitRule.foldCount).map { fold in
            (0..<armCount).flatMap { arm -> [[Double]] in
                let units = experiment.tune.filter { folds[$0] != fold && Int(experiment.assignment[$0]) == arm }
                let design = DenseMatrix(rowCount: units.count, columnCount: covariateCount + 1) { row, column in
                    column == 0 ? 1 : Double(experiment.covariates[column - 1].values[units[row]])
                }
                return experiment.outcomes.map { outcome in
                    let response = units.map { Double(outcome.observed.values[$0]) }
                    return LinearRegression(design, response)?.coefficients
                        ?? Array(repeating: 0, count: covariateCount + 1)
                }
            }
        }
    }

    /// mu of the model of a fold, scaled.
    private func prediction(_ fold: Int, _ arm: Int, _ outcome: Int, _ x: [Double]) -> Double {
        let line = models[fold][arm * Self.outcomeCount + outcome]
        return zip(line.dropFirst(), x).reduce(line[0]) { $0 + $1.0 * $1.1 }
    }

    /// tau by the model of a fold, in the outcome's own unit.
    package func estimate(fold: Int, arm: Int, outcome: Int, at x: [Double]) -> Double {
        arm == 0
            ? 0
            : experiment.outcomes[outcome].observed.scale
                * (prediction(fold, arm, outcome, x) - prediction(fold, 0, outcome, x))
    }

    /// Effects and scores as the pipeline takes them, every unit by the model of its own fold.
    package var effects: EffectsFit {
        let folds = experiment.splitRule.folds(experiment.units.splitKeys)
        let points = (0..<experiment.unitCount).map { unit in experiment.covariates.map { Double($0.values[unit]) } }
        let predictions = (0..<Self.armCount).flatMap { arm in
            (0..<Self.outcomeCount).map { outcome in
                points.indices.map { Float(prediction(Int(folds[$0]), arm, outcome, points[$0])) }
            }
        }
        let contrasts = FoldModels.effects(
            predictions, armCount: Self.armCount, outcomeCount: Self.outcomeCount, unitCount: experiment.unitCount)
        return EffectsFit(
            models: nil, estimates: contrasts,
            scores: ScoreTable(TrainingData(experiment), predictions: predictions, contrasts: contrasts))
    }
}
