import Warehouses

/// What the analyst declared about an experiment: the YAML file of DESIGN section 3, decoded and checked for form.
///
/// Whether the data agree with it is found out when the data are read (`Experiment`).
package struct ExperimentSpec: Sendable, Equatable, Codable {
    package var name: String
    /// Path of the data file, relative to the spec's folder; with several files, of the one that holds
    /// units and treatment.
    package var data: String
    /// The engine that the units stay in, which answers for them in sums; nil where they are read into memory.
    package var engine: EngineKind?
    /// The units that are read of those in an engine; nil where all are, or none.
    package var sample: SampleSpec?
    package var unit: UnitIdentity
    /// Column of the cluster that each unit belongs to (a household, a school), where clusters were randomised or units of one
    /// are alike; nil where units are independent.
    package var cluster: String?
    package var treatment: TreatmentSpec
    /// At least one; the first is the objective whose weight is 1.
    package var outcomes: [OutcomeSpec]
    package var covariates: [CovariateSpec]
    package var splits: SplitSpec
    package var effects: EffectsSpec
    /// Files joined to `data` on the unit; nil where there is but one file.
    package var join: JoinSpec?
    /// Blocking findings let pass; nil where there are none.
    package var accept: [Acceptance]?
    /// How numbers are written in the columns that say nothing of their own; nil where nothing is declared.
    package var text: TextFormat?
    /// What is done about units without an outcome; nil leaves them out.
    package var attrition: AttritionRule?
    /// Name of the outcome that is spent where others are gained; nil where none is.
    package var cost: String?

    package init(
        name: String, data: String, unit: UnitIdentity, treatment: TreatmentSpec, outcomes: [OutcomeSpec],
        covariates: [CovariateSpec], splits: SplitSpec = SplitSpec(), effects: EffectsSpec = EffectsSpec(),
        join: JoinSpec? = nil, accept: [Acceptance]? = nil, text: TextFormat? = nil, cluster: String? = nil,
        attrition: AttritionRule? = nil, cost: String? = nil, engine: EngineKind? = nil,
        sample: SampleSpec? = nil
    ) {
        self.sample = sample
        self.engine = engine
        self.cost = cost
        self.cluster = cluster
        self.attrition = attrition
        self.name = name
        self.data = data
        self.unit = unit
        self.treatment = treatment
        self.outcomes = outcomes
        self.covariates = covariates
        self.splits = splits
        self.effects = effects
        self.join = join
        self.accept = accept
        self.text = text
    }
}

/// What a row of the data file is.
package enum UnitIdentity: Sendable, Equatable, Codable {
    /// Each row is one unit; its id is the record number from 1 (the one case in which results depend on row order).
    case row
    /// The column that holds the id of the randomisation unit.
    case column(String)
}

/// The randomised treatment.
package struct TreatmentSpec: Sendable, Equatable, Codable {
    package var column: String
    package var control: String
    /// The arms, control among them; nil takes the values found in the data.
    package var arms: [String]?
    package var assignment: AssignmentSpec
    /// Whether the shares are those of the counts, because nobody knew the planned ones; nil is no.
    package var planIsUnknown: Bool?
    /// What becomes of units of an arm that is not declared; nil is an error.
    package var others: OthersRule?

    package init(
        column: String, control: String, arms: [String]? = nil, assignment: AssignmentSpec = .equalShares,
        planIsUnknown: Bool? = nil, others: OthersRule? = nil
    ) {
        self.column = column
        self.control = control
        self.arms = arms
        self.assignment = assignment
        self.planIsUnknown = planIsUnknown
        self.others = others
    }
}

/// What becomes of units whose arm the spec does not list.
package enum OthersRule: String, Sendable, Codable, CaseIterable {
    /// They are left out, and every output counts them.
    case drop
}

/// How units came to their arms.
package enum AssignmentSpec: Sendable, Equatable, Codable {
    /// No shares were declared: equal ones are assumed, and the health check says so.
    case equalShares
    /// Planned shares on any scale, in the order of `arms` as written in the spec.
    case shares([Double])
    /// One column of propensities per arm, in the order of `arms` as written in the spec.
    case propensities([String])
    /// The arms were not randomised: propensities are estimated from the covariates, and units with one below `trim` are
    /// left out. nil sets the limit by the number of arms.
    case estimated(trim: Double?)

    /// Whether the probabilities of the arms are known, so that tests may rest on them.
    package var isRandomised: Bool { if case .estimated = self { false } else { true } }
}

package enum Direction: String, Sendable, Codable, CaseIterable {
    case maximize, minimize

    /// s_j: +1 to maximise, -1 to minimise.
    package var sign: Double { self == .maximize ? 1 : -1 }
}

/// A limit on the oriented difference from control, s (V - V0), which must be at least this.
package enum Threshold: Sendable, Equatable, Codable {
    /// On s (V - V0) / |V0|.
    case relative(Double)
    /// On s (V - V0), in the outcome's unit.
    case absolute(Double)
}

/// What to do with a missing outcome value; without a rule it is an error.
package enum MissingRule: String, Sendable, Codable, CaseIterable {
    /// Counts as 0.
    case zero
    /// The unit is left out of the experiment.
    case drop
}

/// Where an outcome's values come from.
package enum OutcomeSource: Sendable, Equatable, Codable {
    case column(String)
    /// The weighted sum of columns (`from: {spend: 0.4}`).
    case weightedSum([String: Double])
    /// A ratio metric, linearised around the tune control ratio (METHODS section 0).
    case ratio(numerator: String, denominator: String)
    /// An index of early outcomes that stands for one that takes long to be known.
    case surrogate(SurrogateSpec)
}

package struct OutcomeSpec: Sendable, Equatable, Codable {
    package var name: String
    package var direction: Direction
    package var source: OutcomeSource
    /// Cost per unit of an arm in the outcome's unit, by arm name; subtracted from the observed value (METHODS section 0).
    package var armCost: [String: Double]
    package var threshold: Threshold?
    package var missing: MissingRule?
    /// Values beyond this quantile of the pooled tune units, or below 1 minus it, are set to it; nil leaves them.
    package var winsorize: Double?
    /// Column of the outcome's value before exposure, for variance reduction (CUPED).
    package var preperiod: String?
    /// How its values are written; nil where they are plain numbers.
    package var text: TextFormat?

    package init(
        name: String, direction: Direction, source: OutcomeSource? = nil, armCost: [String: Double] = [:],
        threshold: Threshold? = nil, missing: MissingRule? = nil, winsorize: Double? = nil, preperiod: String? = nil,
        text: TextFormat? = nil
    ) {
        self.name = name
        self.direction = direction
        self.source = source ?? .column(name)
        self.armCost = armCost
        self.threshold = threshold
        self.missing = missing
        self.winsorize = winsorize
        self.preperiod = preperiod
        self.text = text
    }
}

package enum CovariateKind: String, Sendable, Codable, CaseIterable {
    case numeric, categorical
}

package struct CovariateSpec: Sendable, Equatable, Codable {
    package var column: String
    /// nil: numeric unless the values say otherwise.
    package var kind: CovariateKind?
    /// How its values are written; nil where nothing is declared.
    package var text: TextFormat?

    package init(column: String, kind: CovariateKind? = nil, text: TextFormat? = nil) {
        self.column = column
        self.kind = kind
        self.text = text
    }
}

package struct SplitSpec: Sendable, Equatable, Codable {
    package var seed: UInt64
    /// The share of units kept for confirmation, in [0, 0.9].
    package var confirm: Double
    /// The number of folds K, 2...20.
    package var folds: Int
    /// By which hash of the ids; nil is `SplitHash.hash`.
    package var rule: SplitHash?

    package init(seed: UInt64 = 7, confirm: Double = 0.3, folds: Int = 5, rule: SplitHash? = nil) {
        self.seed = seed
        self.confirm = confirm
        self.folds = folds
        self.rule = rule
    }
}
