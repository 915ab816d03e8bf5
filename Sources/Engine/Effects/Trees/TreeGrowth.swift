import Experiments
import Runtime

/// The steps by which the trees of one experiment come about: growth on the whole growing half and on each of its folds,
/// pruning, honest estimation.
struct TreeGrowth: Sendable {
    private let experiment: Experiment
    private let binned: BinnedCovariates
    private let settings: TreeSettings
    private let context: RunContext
    /// omega = 1/e by unit where propensities vary, else nil.
    private let weights: [Float]?
    /// At arm - 1.
    private let samples: [ContrastSample]

    enum Piece: Sendable {
        case whole(GrownTree)
        case fold(PruningFold)
    }

    init(_ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings, context: RunContext) throws {
        self.experiment = experiment
        self.binned = binned
        self.settings = settings
        self.context = context
        if case .columns = experiment.propensity {
            weights = experiment.propensity.observed(experiment.assignment).map { 1 / $0 }
        } else {
            weights = nil
        }
        let estimation = experiment.splitRule.estimation(Array(experiment.units.keys[experiment.tune]))
        samples = try context.workers.map(max(0, experiment.arms.count - 1)) { index in
            try context.cancellation.check()
            return ContrastSample(
                experiment, arm: index + 1, estimation: estimation, foldCount: settings.pruningFolds)
        }
    }

    /// - Parameter pieces: how many pieces of work there are: threads beyond them go to the covariates.
    func whole(arm: Int, outcome: Int, among pieces: Int) throws -> GrownTree {
        let sample = samples[arm - 1]
        return try grow(
            sample, growing: sample.growing, estimating: sample.estimating, outcome: outcome,
            minimumLeaf: leafSize(sample), pieces: pieces)
    }

    /// A fold's tree has no estimating half of its own: leaves shrink with the training units.
    func fold(_ fold: Int, arm: Int, outcome: Int, among pieces: Int) throws -> PruningFold {
        let sample = samples[arm - 1]
        let (training, held) = sample.divided(by: fold)
        let share = Double(training.count) / Double(max(1, sample.growing.count))
        let tree = try grow(
            sample, growing: training, estimating: [], outcome: outcome, minimumLeaf: leafSize(sample) * share,
            pieces: pieces)
        return PruningFold(
            tree: tree, heldOut: ContrastEntries(held), binned: binned,
            values: experiment.outcomes[outcome].observed.values, weights: weights)
    }

    /// Prunes by the folds and estimates what is left.
    func finish(_ pieces: ArraySlice<Piece>, arm: Int, outcome: Int) -> CausalTree {
        var grown = GrownTree(nodes: [])
        var folds: [PruningFold] = []
        for piece in pieces {
            switch piece {
            case .whole(let tree): grown = tree
            case .fold(let fold): folds.append(fold)
            }
        }
        let price = PruningChoice(folds: folds).price(for: grown)
        return HonestEstimation(
            experiment: experiment, binned: binned, outcome: experiment.outcomes[outcome], sample: samples[arm - 1],
            weights: weights
        ).tree(grown.pruned(at: price), arm: arm, outcome: outcome)
    }

    private func leafSize(_ sample: ContrastSample) -> Double {
        Double(settings.leafSize(smallestGroup: sample.smallestGroup))
    }

    private func grow(
        _ sample: ContrastSample, growing: [UInt32], estimating: [UInt32], outcome: Int, minimumLeaf: Double,
        pieces: Int
    ) throws -> GrownTree {
        try context.cancellation.check()
        let sums = UnitSums(
            binned,
            growing: ContrastEntries(growing, values: experiment.outcomes[outcome].observed.values, weights: weights),
            estimating: ContrastEntries(estimating))
        let root = sums.total()
        let ratio = Double(sample.growing.count) / Double(max(1, sample.estimating.count))
        let search = SplitSearch(
            criterion: HonestCriterion(root: root, estimatingRatio: ratio, treatedShare: sample.treatedShare),
            minimumLeaf: minimumLeaf, honest: !estimating.isEmpty)
        let workers = Workers(count: context.workers.count / max(1, pieces))
        let inner = RunContext(workers: workers, cancellation: context.cancellation)
        return try TreeGrower<UnitSums>(maximumDepth: settings.maximumDepth, search: search, context: inner)
            .grow(sums, root: root)
    }
}
