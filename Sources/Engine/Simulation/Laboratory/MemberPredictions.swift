import Effects
import Experiments
import Runtime

/// Effects of single units that an experiment's forests predict for others.
struct MemberPredictions {
    private let data: TrainingData
    private let binned: BinnedCovariates
    private let seed: UInt64
    private let context: RunContext

    init(_ experiment: LaboratoryExperiment, seed: UInt64, _ context: RunContext) {
        data = TrainingData(experiment.experiment)
        binned = experiment.binned
        self.seed = seed
        self.context = context
    }

    private var smallestArm: Int {
        (0..<data.armCount).map { arm in data.assignment.count { Int($0) == arm } }.min() ?? 0
    }

    /// - Parameter columns: encoded covariates of the units to predict.
    /// - Returns: outcome after outcome, arm after arm, in the outcomes' own units.
    func causalForests(_ columns: [[Float]]) throws -> [[Float]] {
        let settings = ForestSettings.standard(smallestArm: smallestArm)
        let units = Array(columns[0].indices)
        return try contrasts.map { contrast in
            let fit = try CausalForestFit.train(
                ForestSample(data, contrast, rows: data.training), columns: data.columns, binned: binned,
                settings: settings, seed: seed, context: context)
            let scale = Float(data.outcomes[contrast.outcome].scale)
            return try fit.forest.predict(columns, units: units, variances: false, context: context)
                .effects.map { $0 * scale }
        }
    }

    /// As `causalForests`: the difference of two forests, of the arm's units and of control's.
    func twoForests(_ columns: [[Float]]) throws -> [[Float]] {
        let units = Array(columns[0].indices)
        return try (0..<data.outcomeCount).flatMap { outcome in
            let scale = Float(data.outcomes[outcome].scale)
            let means = try (0..<data.armCount).map { arm in
                try RegressionForest.train(
                    data, arm: arm, outcome: outcome, rows: Array(data.training), binned: binned,
                    seed: seed &+ UInt64(arm), context: context
                ).predict(columns, units: units, context: context)
            }
            return means.dropFirst().map { zip($0, means[0]).map { scale * ($0 - $1) } }
        }
    }

    /// Outcome after outcome, as allocations hold effects.
    private var contrasts: [ContrastIndex] {
        (0..<data.outcomeCount).flatMap { outcome in
            (1..<data.armCount).map { ContrastIndex(arm: $0, outcome: outcome) }
        }
    }
}
