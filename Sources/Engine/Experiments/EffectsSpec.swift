/// How effects are estimated: the `effects:` section of the spec.
package struct EffectsSpec: Sendable, Equatable, Codable {
    package var learner: LearnerSpec
    /// Fewest treated and fewest control units a leaf of a causal tree may hold, in each honest half; nil sets it by size.
    package var minimumLeaf: Int?
    /// Models of outcomes: those of S and T, and the nuisance of every other learner.
    package var outcomeModels: BoostingSpec?
    /// Models of effects: the second stage of X, R, DR and the hybrid, and so of the stack.
    package var effectModels: BoostingSpec?
    /// Trees of each causal forest, a stack's among them; nil takes the default.
    package var trees: Int?

    package init(
        learner: LearnerSpec = .t, minimumLeaf: Int? = nil, outcomeModels: BoostingSpec? = nil,
        effectModels: BoostingSpec? = nil, trees: Int? = nil
    ) {
        self.learner = learner
        self.minimumLeaf = minimumLeaf
        self.outcomeModels = outcomeModels
        self.effectModels = effectModels
        self.trees = trees
    }
}

/// Which estimates of the effects the policies use (METHODS section 1), all cross-fitted by the folds.
package enum LearnerSpec: Sendable, Equatable, Codable {
    /// One outcome model of all arms, on covariates and arm.
    case s
    /// The two-model approach: one boosted outcome model per arm.
    case t
    /// The two-model approach on random forests.
    case tForest
    /// X: effects imputed in either arm from the other's outcome model.
    case x
    /// R: outcome residuals on treatment residuals.
    case r
    /// DR: a regression of doubly robust scores.
    case dr
    /// Double machine learning: residuals on residuals, linear in the covariates, with intervals.
    case dml
    /// A member-level learner, then an honest shallow tree on its predictions.
    case hybrid
    /// Honest causal trees. Merging them into cohorts re-estimates nothing, so cohorts have the effects of the trees.
    case tree
    /// The causal forest: honest trees on residuals, averaged as weights; intervals by little bags.
    case forest
    /// A convex combination of other learners by held-out loss.
    case stack
    /// Linear effects of a representation that a pool of experiments has learned, with intervals.
    /// - Parameters:
    ///   - pool: path of the pool's file.
    ///   - base: how they are fitted; nil is t.
    case pooled(pool: String, base: PooledBase? = nil)
    /// Effects computed elsewhere: arm name -> outcome name -> column.
    case columns([String: [String: String]], nuisance: NuisanceSpec)

    /// The learners that need nothing but the experiment, in the order in which they are listed.
    package static let fitted: [LearnerSpec] = [.s, .t, .tForest, .x, .r, .dr, .dml, .hybrid, .tree, .forest, .stack]

    /// The word for it in specs, policy files and tables.
    package var name: String {
        switch self {
        case .s: "s"
        case .t: "t"
        case .tForest: "t-forest"
        case .x: "x"
        case .r: "r"
        case .dr: "dr"
        case .dml: "dml"
        case .hybrid: "hybrid"
        case .tree: "tree"
        case .forest: "forest"
        case .stack: "stack"
        case .pooled: "pooled"
        case .columns: "columns"
        }
    }
}

/// How effects are fitted on what a pool has learned.
package enum PooledBase: String, Sendable, Codable, CaseIterable {
    case t, r, dr
}

/// The outcome model behind the doubly robust scores when effects are supplied.
package enum NuisanceSpec: String, Sendable, Codable, CaseIterable {
    /// The out-of-fold mean of each arm.
    case armMean = "mean"
    /// The T-learner's models.
    case t
}

/// What the analyst wants of boosted models; nil takes the default, which goes by the number of units.
package struct BoostingSpec: Sendable, Equatable, Codable {
    /// Most rounds; of a random forest the number of its trees.
    package var rounds: Int?
    package var depth: Int?
    package var learningRate: Double?
    package var lambda: Double?
    /// Fewest units in a leaf.
    package var minimumChildWeight: Double?
    /// Share of the units that each tree sees.
    package var subsample: Double?
    /// Share of the features that each split chooses from.
    package var columnSample: Double?
    /// Rounds without a gain on held-out units after which growth stops; 0 never stops early.
    package var patience: Int?

    package init() {}
}

extension LearnerSpec {
    /// The pool's file, of the learner that has one.
    package var pool: String? { if case .pooled(let pool, _) = self { pool } else { nil } }
}
