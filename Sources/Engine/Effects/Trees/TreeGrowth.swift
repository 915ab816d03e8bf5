import Experiments
import Runtime

/// What grows by itself: a tree on the whole growing half, or one of the folds that prune it.
enum GrowthPiece: Sendable {
    case whole(GrownTree<ContrastSums>)
    case fold(PruningFold)
}

/// The steps by which the trees of one experiment come about: growth on the whole growing half and outside each of its folds,
/// pruning, honest estimation. All of it is made of sums.
struct TreeGrowth<Provider: SumsProvider>: Sendable {
    private let provider: Provider
    private let outline: ExperimentOutline
    private let settings: TreeSettings
    private let context: RunContext
    private let roots: RootSums

    /// - Parameter pieces: how many pieces of work there will be: threads beyond them go to the covariates.
    /// - Throws: `CancellationError`, or what the provider throws.
    init(
        _ provider: Provider, _ outline: ExperimentOutline, settings: TreeSettings, pieces: Int, context: RunContext
    ) throws {
        self.provider = provider
        self.outline = outline
        self.settings = settings
        roots = try RootSums(provider, outline, folds: settings.pruningFolds, context: context)
        self.context = RunContext(
            workers: Workers(count: context.workers.count / max(1, pieces)), cancellation: context.cancellation)
    }

    func whole(arm: Int, outcome: Int) throws -> GrownTree<ContrastSums> {
        let root = roots.whole(arm: arm, outcome: outcome)
        let sample = GrowthSample(
            arms: [0, arm], outcomes: [outcome], growing: roots.growing, estimating: .estimating)
        return try grow(sample, root: root, arm: arm, outcome: outcome, minimumLeaf: leafSize(root))
    }

    /// A fold's tree has no estimating half of its own: leaves shrink with the training units.
    func fold(_ fold: Int, arm: Int, outcome: Int) throws -> PruningFold {
        let (whole, root) = (
            roots.whole(arm: arm, outcome: outcome), roots.outside(fold: fold, arm: arm, outcome: outcome)
        )
        let share = root.growingUnits / max(1, whole.growingUnits)
        let sample = GrowthSample(
            arms: [0, arm], outcomes: [outcome], growing: .growingOutside(fold: fold), estimating: nil)
        let tree = try grow(sample, root: root, arm: arm, outcome: outcome, minimumLeaf: leafSize(whole) * share)
        return try held(fold, tree, arm: arm, outcome: outcome)
    }

    /// What the units of a fold say of the leaves of a tree that was grown without them.
    private func held(
        _ fold: Int, _ tree: GrownTree<ContrastSums>, arm: Int, outcome: Int
    ) throws -> PruningFold {
        let leaves = tree.nodes.indices.filter { tree.nodes[$0].isLeaf }
        let paths = tree.paths()
        let held = try ask(
            SumsRequest(
                .nodes(leaves.map { paths[$0] }), arms: [0, arm], outcomes: [outcome],
                summed: [.growingInside(fold: fold)]))
        return PruningFold(
            tree,
            contrasts: [
                PruningFold.Contrast(
                    weight: 1, effects: tree.nodes.map(\.sums.effect),
                    held: leaves.indices.map { held.contrast(cell: $0) })
            ])
    }

    /// Prunes by the folds and estimates what is left.
    func finish(_ pieces: ArraySlice<GrowthPiece>, arm: Int, outcome: Int) throws -> CausalTree {
        var grown = GrownTree<ContrastSums>(nodes: [])
        var folds: [PruningFold] = []
        for piece in pieces {
            switch piece {
            case .whole(let tree): grown = tree
            case .fold(let fold): folds.append(fold)
            }
        }
        if settings.holdsOut { folds = [try held(0, grown, arm: arm, outcome: outcome)] }
        let pruned = grown.pruned(at: PruningChoice(folds: folds).price(for: grown))
        let paths = pruned.paths()
        let estimating = try ask(
            SumsRequest(.nodes(paths), arms: [0, arm], outcomes: [outcome], summed: [.estimating]))
        let units = try ask(SumsRequest(.nodes(paths), arms: nil, counted: [.tune]))
        let estimation = HonestEstimation(
            tree: pruned, estimating: paths.indices.map { estimating.contrast(cell: $0) },
            units: paths.indices.map { units.count(cell: $0) })
        return try estimation.causalTree(arm: arm, outcome: outcome, outline.outcomes[outcome]) {
            try ask(
                SumsRequest(.nodes([.root]), arms: [0, arm], outcomes: [outcome], summed: [.tune])
            ).contrast(cell: 0)
        }
    }

    private func ask(_ request: SumsRequest) throws -> SumsAnswer {
        var provider = provider
        return try provider.answer(request, context: context)
    }

    private func leafSize(_ root: ContrastSums) -> Double {
        Double(settings.leafSize(smallestGroup: Int(root.smallestGroup(honest: true))))
    }

    private func grow(
        _ sample: GrowthSample, root: ContrastSums, arm: Int, outcome: Int, minimumLeaf: Double
    ) throws -> GrownTree<ContrastSums> {
        let whole = roots.whole(arm: arm, outcome: outcome)
        let ratio = whole.growingUnits / max(1, whole.estimatingUnits)
        let search = SplitSearch(
            criterion: HonestCriterion(
                root: root, estimatingRatio: ratio, treatedShare: outline.treatedShare(arm: arm)),
            minimumLeaf: minimumLeaf, honest: sample.estimating != nil && whole.estimatingUnits > 0)
        return try TreeGrower<Provider, SplitSearch>(
            sample: sample, maximumDepth: settings.maximumDepth, search: search, context: context
        ).grow(provider, root: root)
    }
}

extension ContrastSums {
    fileprivate var growingUnits: Double { control.count + treated.count }
    fileprivate var estimatingUnits: Double { estimatingControl + estimatingTreated }
    /// The growing half's effect, scaled.
    fileprivate var effect: Double { treated.mean - control.mean }
}

extension ExperimentOutline {
    /// p = e_i/(e_0 + e_i); nil where propensities vary by unit.
    func treatedShare(arm: Int) -> Double? {
        shares.map { $0[arm] / ($0[0] + $0[arm]) }
    }
}
