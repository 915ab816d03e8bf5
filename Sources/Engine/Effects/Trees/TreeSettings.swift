import Experiments

/// What the growth of honest causal trees can be told.
package struct TreeSettings: Sendable, Equatable, Codable {
    /// The root has depth 0.
    package var maximumDepth: Int
    /// Fewest treated and fewest control units of a leaf in each honest half; nil sets it by the size of the experiment.
    package var minimumLeaf: Int?
    /// Folds of the growing half by which the complexity of a tree is chosen, each by a further tree grown without it. With 1
    /// there is none: a quarter of the half is held out, and the tree that is pruned by it is grown without it.
    package var pruningFolds: Int

    /// Depth 4 keeps a rule short enough to read and the merged cohorts of six trees in the tens to hundreds.
    package init(maximumDepth: Int = 4, minimumLeaf: Int? = nil, pruningFolds: Int = 5) {
        precondition(maximumDepth >= 0 && pruningFolds >= 1)
        self.maximumDepth = maximumDepth
        self.minimumLeaf = minimumLeaf
        self.pruningFolds = pruningFolds
    }

    /// A spec whose splits a warehouse draws alike is pruned as a warehouse can: five more trees would be five times the questions.
    package init(_ spec: ExperimentSpec) {
        self.init(minimumLeaf: spec.effects.minimumLeaf, pruningFolds: spec.splits.rule == .md5 ? 1 : 5)
    }

    /// Whether the tree that is pruned is grown without the units that prune it.
    var holdsOut: Bool { pruningFolds == 1 }

    /// `minimumLeaf`, or 4% of the smallest of the pair's four groups (arm x honest half), which gives at most 25 leaves; at
    /// least 50, or a quarter of a smaller group, so that it can be split at all, but never fewer than 10.
    func leafSize(smallestGroup: Int) -> Int {
        max(2, minimumLeaf ?? max(min(50, max(10, smallestGroup / 4)), smallestGroup / 25))
    }
}
