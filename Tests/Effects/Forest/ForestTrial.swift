import Effects
import Experiments
import Runtime

/// A forest trained on all tune units of a simulated experiment's first arm and outcome.
struct ForestTrial {
    let experiment: Experiment
    let binned: BinnedCovariates
    let fit: CausalForestFit
    let settings: ForestSettings
    let seed: UInt64
    let context: RunContext

    init(
        _ experiment: Experiment, _ settings: ForestSettings = ForestSettings(trees: 40), bins: Int = 32,
        outcomeMeans: [Float]? = nil, seed: UInt64 = 11, threads: Int = 1
    ) throws {
        self.experiment = experiment
        self.settings = settings
        self.seed = seed
        context = RunContext(workers: Workers(count: threads))
        binned = try BinnedCovariates(experiment, maximumBins: bins, context: context)
        fit = try CausalForestFit.train(
            ForestSample(TrainingData(experiment), ContrastIndex(arm: 1, outcome: 0), rows: experiment.tune),
            columns: experiment.covariates.map(\.values), binned: binned,
            outcomeMeans: outcomeMeans, settings: settings, seed: seed, context: context)
    }

    var columns: [[Float]] { experiment.covariates.map(\.values) }

    func predictions(variances: Bool = true) throws -> ForestPrediction {
        try fit.forest.predict(columns, units: Array(0..<experiment.unitCount), variances: variances, context: context)
    }

    func outOfBag() throws -> ForestPrediction { try fit.outOfBag(columns, context: context) }

    /// w and y of a row, in Double.
    func residuals(_ row: Int) -> (w: Double, y: Double) {
        (
            (fit.sample.treated[row] ? 1 : 0) - Double(fit.sample.propensity[row]),
            Double(fit.sample.outcome[row] - fit.outcomeMeans[row])
        )
    }

    /// Rows of the sample with a role in a tree.
    func rows(_ role: ForestBag.Role, bag: Int, tree: Int) -> [Int] {
        let members = ForestBag(bag, seed: seed, settings: settings)
        return fit.sample.rows.map { Int($0) }
            .filter { members.role(of: fit.sample.keys[$0], tree: tree) == role }
    }
}

extension ForestTree {
    /// The number of the leaf of encoded values, by the rules as they are written.
    func leaf(of values: (Int) -> Float) -> Int {
        let nodes = list
        var index = 0
        while case .inner(let split, let left) = nodes[index] {
            index = left + (split.goesLeft(values(split.covariate)) ? 0 : 1)
        }
        return index
    }
}
