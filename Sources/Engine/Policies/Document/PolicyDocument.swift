import Effects
import Experiments
import Foundation

/// The exported policy: everything that is needed to give new units their arms, and nothing else has to be at hand
/// (DESIGN section 3). `espalier schema policy` prints its JSON Schema.
package struct PolicyDocument: Sendable, Equatable {
    package static let currentVersion = 4
    /// Of files that explore and whose units are split by `SplitHash.hash`: readers who know of no other rule run them.
    package static let exploringVersion = 3
    /// Of such files that do not explore: readers who know nothing of exploration run them.
    package static let plainVersion = 2

    package let version: Int
    package let name: String
    /// Control first.
    package let arms: [String]
    package let outcomes: [OutcomeEntry]
    /// What gives a unit its arm.
    package let rule: Rule
    /// Encodings by covariate, in the order the rule counts them; empty for supplied effects.
    package let covariates: [CovariateEntry]
    package let assignment: AssignmentEntry
    package let estimates: EstimatesEntry
    package let provenance: Provenance
    /// Invented units and what comes out for them; nil in files of version 1.
    package internal(set) var selfTest: [SelfTestRow]?
    /// What it is watched by once it is launched; nil in files that were exported.
    package internal(set) var launch: LaunchEntry?

    package struct OutcomeEntry: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction
        /// Effects in the file are in units of this scale.
        package let scale: Double
        /// Models of the outcome predict (value - centre) / scale; nil in files of version 1.
        package let centre: Double?
        /// Cost by arm, in the outcome's unit.
        package let armCosts: [String: Double]
    }

    package enum Rule: Sendable, Equatable {
        case linear(LinearRule)
        case cohort(CohortRule)
        case ranking(RankingRule)

        package var kind: Policy.Kind {
            switch self {
            case .linear: .linear
            case .cohort: .cohort
            case .ranking: .ranking
            }
        }
    }

    /// The arm of the highest linear utility.
    package struct LinearRule: Sendable, Equatable, Codable {
        /// Canonical weights by outcome, on oriented effects.
        package let weights: [String: Double]
        /// Canonical biases by arm.
        package let biases: [String: Double]
        package let knobs: KnobsEntry
        package let effects: EffectsEntry
    }

    /// Shares of arms by cohort.
    package struct CohortRule: Sendable, Equatable {
        package let rules: CohortRules
        /// By cohort: the share of every arm, in the order of the document's arms.
        package let shares: [[Double]]
    }

    /// One arm for units whose score reaches a threshold, control for the others.
    package struct RankingRule: Sendable, Equatable {
        package let rules: RankingRules
        /// One of the document's arms, not control.
        package let arm: String
    }

    package struct KnobsEntry: Sendable, Equatable, Codable {
        package let weights: [String: Double]
        package let biases: [String: Double]
        package let shrinkage: [String: Double]
    }

    package struct CovariateEntry: Sendable, Equatable, Codable {
        package let name: String
        package let kind: CovariateKind
        /// Numeric: the model sees value - centre.
        package let centre: Double?
        /// Categorical: a level's code is its place; other texts are missing.
        package let levels: [String]?
        /// How its values are written; nil where they are plain.
        package let text: TextFormat?
    }

    /// Who is held out, and by which draws.
    package struct AssignmentEntry: Sendable, Equatable, Codable {
        package let seed: UInt64
        package let foldCount: Int
        /// Share of units that keep a random arm.
        package let holdout: Double
        /// Planned shares by arm, which held-out units draw from.
        package let shares: [String: Double]
        package let salts: Salts
        /// Column of the unit's id; nil where each row was one unit, so that new data must name theirs.
        package let unit: String?
        /// Column of the unit's cluster, whose key then stands for the unit's in every draw; absent where units are independent.
        package let cluster: String?
        /// Absent where the policy alone decides.
        package var exploration: ExplorationEntry?
        /// By which hash of the ids units fall into folds; absent is `SplitHash.hash`.
        package var rule: SplitHash?

        /// The rule by which units fall into folds; it says nothing of confirm, which policies do not know.
        package var splitRule: SplitRule {
            SplitRule(seed: seed, confirmShare: 0, foldCount: foldCount, hash: rule ?? .hash)
        }

        package struct Salts: Sendable, Equatable, Codable {
            package let fold: String
            package let holdout: String
            package let holdoutArm: String
            /// Of the draw within a split cohort; absent in policies that split none.
            package var cohortArm: String?
            /// Of the draws of who explores and with which arm; absent where nobody does.
            package var exploration: String?
            package var explorationArm: String?
        }
    }

    package struct EstimatesEntry: Sendable, Equatable, Codable {
        package let tune: PolicyEvaluation
        package let confirm: PolicyEvaluation?

        package init(tune: PolicyEvaluation, confirm: PolicyEvaluation?) {
            self.tune = tune
            self.confirm = confirm
        }
    }

    package struct Provenance: Sendable, Equatable, Codable {
        package let tool: String
        package let specDigest: String
        package let dataDigest: String
        package let seed: UInt64
        package let candidate: Int?
        /// What the estimates rest on beyond the data: accepted findings, estimated propensities, winsorising.
        package let caveats: [String]?

        package init(
            tool: String, specDigest: String, dataDigest: String, seed: UInt64, candidate: Int?,
            caveats: [String]? = nil
        ) {
            self.tool = tool
            self.specDigest = specDigest
            self.dataDigest = dataDigest
            self.seed = seed
            self.candidate = candidate
            self.caveats = caveats
        }
    }

    package static let salts = (
        fold: "fold", holdout: "holdout", holdoutArm: "holdout-arm", cohortArm: "cohort-arm",
        exploration: "exploration",
        explorationArm: "exploration-arm"
    )
}
