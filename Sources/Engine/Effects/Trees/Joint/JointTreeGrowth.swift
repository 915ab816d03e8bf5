import Experiments
import Runtime

/// The steps by which a joint tree comes about: growth on the whole growing half and outside each of its folds, pruning, honest
/// estimation of every arm and outcome.
struct JointTreeGrowth<Provider: SumsProvider>: Sendable {
    /// What grows by itself.
    enum Piece: Sendable {
        case whole(GrownTree<JointSums>)
        case fold(PruningFold)
    }

    private let provider: Provider
    private let outline: ExperimentOutline
    private let settings: TreeSettings
    private let context: RunContext
    private let roots: RootSums
    private let root: JointSums

    /// - Parameter pieces: how many pieces of work there will be: threads beyond them go to the covariates.
    /// - Throws: `CancellationError`, or what the provider throws.
    init(
        _ provider: Provider, _ outline: ExperimentOutline, settings: TreeSettings, pieces: Int, context: RunContext
    ) throws {
        self.provider = provider
        self.outline = outline
        self.settings = settings
        roots = try RootSums(provider, outline, folds: settings.pruningFolds, context: context)
        root = roots.joint()
        self.context = RunContext(
            workers: Workers(count: context.workers.count / max(1, pieces)), cancellation: context.cancellation)
    }

    private var allArms: [Int] { Array(0..<outline.armCount) }
    private var allOutcomes: [Int] { Array(outline.outcomes.indices) }
    private var contrasts: [ContrastIndex] {
        ContrastIndex.all(arms: outline.armCount, outcomes: outline.outcomes.count)
    }

    /// - Parameter index: 0 is the whole growing half, the folds follow.
    func piece(_ index: Int) throws -> Piece { index == 0 ? .whole(try whole()) : .fold(try fold(index - 1)) }

    private func whole() throws -> GrownTree<JointSums> {
        try grow(roots.growing, root: root, estimating: .estimating, minimumLeaf: leafSize).tree
    }

    /// A fold's tree has no estimating half of its own: leaves shrink with the training units.
    private func fold(_ fold: Int) throws -> PruningFold {
        let outside = roots.joint(outside: fold)
        let share = growingUnits(outside) / max(1, growingUnits(root))
        let (tree, weights) = try grow(
            .growingOutside(fold: fold), root: outside, estimating: nil, minimumLeaf: leafSize * share)
        return try held(fold, tree, weights: weights)
    }

    /// What the units of a fold say of the leaves of a tree that was grown without them.
    private func held(_ fold: Int, _ tree: GrownTree<JointSums>, weights: [Double]) throws -> PruningFold {
        let paths = tree.paths()
        let leaves = tree.nodes.indices.filter { tree.nodes[$0].isLeaf }
        let held = try ask(
            SumsRequest(
                .nodes(leaves.map { paths[$0] }), arms: allArms, outcomes: allOutcomes,
                summed: [.growingInside(fold: fold)]))
        return PruningFold(
            tree,
            contrasts: zip(contrasts, weights).map { contrast, weight in
                PruningFold.Contrast(
                    weight: weight,
                    effects: tree.nodes.map {
                        let sums = $0.sums.contrast(arm: contrast.arm, outcome: contrast.outcome)
                        return sums.treated.mean - sums.control.mean
                    }, held: leaves.indices.map { held.contrast(cell: $0, contrast) })
            })
    }

    /// Prunes by the folds and to the number of cohorts, and estimates what is left.
    func finish(_ pieces: [Piece], maximumCohorts: Int) throws -> [CausalTree] {
        var grown = GrownTree<JointSums>(nodes: [])
        var folds: [PruningFold] = []
        for piece in pieces {
            switch piece {
            case .whole(let tree): grown = tree
            case .fold(let fold): folds.append(fold)
            }
        }
        if settings.holdsOut { folds = [try held(0, grown, weights: criterion(root).weights)] }
        let price = max(PruningChoice(folds: folds).price(for: grown), grown.price(forLeaves: maximumCohorts))
        let pruned = grown.pruned(at: price)
        let paths = pruned.paths()
        let estimating = try ask(
            SumsRequest(.nodes(paths), arms: allArms, outcomes: allOutcomes, summed: [.estimating]))
        let counts = try ask(SumsRequest(.nodes(paths), arms: nil, counted: [.tune]))
        let units = paths.indices.map { counts.count(cell: $0) }
        return try contrasts.map { contrast in
            try HonestEstimation(
                tree: pruned.map { $0.contrast(arm: contrast.arm, outcome: contrast.outcome) },
                estimating: paths.indices.map { estimating.contrast(cell: $0, contrast) }, units: units
            ).causalTree(arm: contrast.arm, outcome: contrast.outcome, outline.outcomes[contrast.outcome]) {
                try ask(SumsRequest(.nodes([.root]), arms: allArms, outcomes: allOutcomes, summed: [.tune]))
                    .contrast(cell: 0, contrast)
            }
        }
    }

    private func ask(_ request: SumsRequest) throws -> SumsAnswer {
        var provider = provider
        return try provider.answer(request, context: context)
    }

    private var leafSize: Double { Double(settings.leafSize(smallestGroup: Int(root.smallestGroup(honest: true)))) }

    private func growingUnits(_ sums: JointSums) -> Double { allArms.reduce(0) { $0 + sums.count(arm: $1) } }

    private func criterion(_ root: JointSums) -> JointCriterion {
        let whole = self.root
        let ratios = allArms.dropFirst().map { arm in
            (whole.count(arm: 0) + whole.count(arm: arm)) / max(1, whole.estimating[0] + whole.estimating[arm])
        }
        return JointCriterion(root: root, estimatingRatios: ratios, outline)
    }

    private func grow(
        _ group: UnitGroup, root: JointSums, estimating: UnitGroup?, minimumLeaf: Double
    ) throws -> (tree: GrownTree<JointSums>, weights: [Double]) {
        let criterion = criterion(root)
        let search = JointSplitSearch(
            criterion: criterion, minimumLeaf: minimumLeaf,
            honest: estimating != nil && self.root.estimating.contains { $0 > 0 })
        let sample = GrowthSample(arms: allArms, outcomes: allOutcomes, growing: group, estimating: estimating)
        let tree = try TreeGrower<Provider, JointSplitSearch>(
            sample: sample, maximumDepth: settings.maximumDepth, search: search, context: context
        ).grow(provider, root: root)
        return (tree, criterion.weights)
    }
}

extension SumsAnswer {
    /// The sums of a whole cell in a request of all arms and outcomes.
    fileprivate func contrast(cell: Int, _ contrast: ContrastIndex) -> (control: ArmSums, treated: ArmSums) {
        (
            sums(cell: cell, arm: 0, outcome: contrast.outcome),
            sums(cell: cell, arm: contrast.arm, outcome: contrast.outcome)
        )
    }
}
