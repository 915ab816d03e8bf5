import Statistics

/// An experiment read, checked and put in canonical order: tune units first, then confirm units, each by ascending unit
/// key, so that nothing computed from it depends on the order of the rows.
package struct Experiment: Sendable {
    package let spec: ExperimentSpec
    /// Arm names, control at index 0, the others as in the spec (or by name where the spec lists none).
    package let arms: [String]
    package let outcomes: [Outcome]
    package let covariates: [Covariate]
    package let units: Units
    /// Observed arm of each unit, an index into `arms`.
    package let assignment: [UInt8]
    package let propensity: Propensity
    package let splitRule: SplitRule
    /// Units [0, tuneCount) are tune, the rest confirm.
    package let tuneCount: Int
    /// Supplied effects (`learner: columns`), in the outcome's own unit, by arm from 1, then by outcome; empty
    /// otherwise.
    package let suppliedEffects: [ScaledColumn]
    package let dataDigest: DataDigest
    /// Units left out by `missing: drop`.
    package let droppedCount: Int
    /// Units left out because their estimated propensities do not overlap.
    package let trimmedCount: Int
    /// Arms that are not declared and whose units are left out (`others: drop`).
    package let otherArms: [OtherArm]
    /// Units seen in several arms that are left out (`crossovers: drop`).
    package let crossoverCount: Int
    /// A column by whose values units seem to have got their arms together, although the spec names no cluster.
    package let likelyCluster: String?
    /// Where outcomes of a randomised experiment are missing; nil where none is.
    package let attrition: Attrition?
    /// Rows in the engine that the units are a sample of; nil where they are all there are.
    package internal(set) var population: Int?

    package init(
        spec: ExperimentSpec, arms: [String], outcomes: [Outcome], covariates: [Covariate], units: Units,
        assignment: [UInt8], propensity: Propensity, splitRule: SplitRule, tuneCount: Int,
        suppliedEffects: [ScaledColumn], dataDigest: DataDigest, droppedCount: Int,
        trimmedCount: Int = 0, otherArms: [OtherArm] = [], crossoverCount: Int = 0,
        likelyCluster: String? = nil, attrition: Attrition? = nil
    ) {
        self.likelyCluster = likelyCluster
        self.attrition = attrition
        precondition(outcomes.allSatisfy { $0.observed.values.count == units.count })
        precondition(covariates.allSatisfy { $0.values.count == units.count })
        precondition(assignment.count == units.count && (0...units.count).contains(tuneCount))
        self.spec = spec
        self.arms = arms
        self.outcomes = outcomes
        self.covariates = covariates
        self.units = units
        self.assignment = assignment
        self.propensity = propensity
        self.splitRule = splitRule
        self.tuneCount = tuneCount
        self.suppliedEffects = suppliedEffects
        self.dataDigest = dataDigest
        self.droppedCount = droppedCount
        self.trimmedCount = trimmedCount
        self.otherArms = otherArms
        self.crossoverCount = crossoverCount
    }

    package var unitCount: Int { units.count }
    package var tune: Range<Int> { 0..<tuneCount }
    package var confirm: Range<Int> { tuneCount..<unitCount }
}

/// Who the units are, in canonical order.
package struct Units: Sendable {
    /// `StableHash.key` of the unit's id.
    package let keys: [UInt64]
    /// Record number in the data file, from 1 (header not counted).
    package let rows: [UInt32]
    /// `StableHash.key` of the unit's cluster; nil where units are independent.
    package let clusters: [UInt64]?
    /// What every split is a function of, by `SplitRule.keys`: units of one cluster go together.
    package let splitKeys: [UInt64]

    /// - Parameter splitKeys: nil where splits are by `StableHash` keys.
    package init(keys: [UInt64], rows: [UInt32], clusters: [UInt64]? = nil, splitKeys: [UInt64]? = nil) {
        precondition(keys.count == rows.count && (clusters?.count ?? keys.count) == keys.count)
        precondition((splitKeys?.count ?? keys.count) == keys.count)
        self.keys = keys
        self.rows = rows
        self.clusters = clusters
        self.splitKeys = splitKeys ?? clusters ?? keys
    }

    package var count: Int { keys.count }
}

/// Float32 values with their centre and scale beside them: value = centre + scale * stored.
package struct ScaledColumn: Sendable, Equatable {
    package let centre: Double
    package let scale: Double
    package let values: [Float]

    package init(centre: Double, scale: Double, values: [Float]) {
        self.centre = centre
        self.scale = scale
        self.values = values
    }

    /// Centres and scales to mean 0 and standard deviation 1 (scale 1 where the values are constant).
    /// - Parameter sample: units whose values say what mean and standard deviation are; nil for all.
    package init(_ raw: [Double], sample: [Int]? = nil) {
        var moments = Moments()
        if let sample {
            for unit in sample { moments.add(raw[unit]) }
        } else {
            // Not `Moments(raw)`: a generic initialiser of another module is not specialised here, and slow.
            for value in raw { moments.add(value) }
        }
        let scale = moments.standardDeviation > 0 ? moments.standardDeviation : 1
        self.init(
            centre: moments.mean, scale: scale, values: raw.map { Float(($0 - moments.mean) / scale) })
    }

    package func value(_ index: Int) -> Double { centre + scale * Double(values[index]) }
}

/// One outcome: what was declared and what was observed, gross of arm costs, linearised if it is a ratio, completed by
/// `DropOutWeights` where the spec asks for it.
package struct Outcome: Sendable {
    package let name: String
    package let direction: Direction
    package let threshold: Threshold?
    /// Cost per unit of each arm, in the outcome's unit, by arm index.
    package let armCosts: [Double]
    package let observed: ScaledColumn
    /// How extreme values were pulled in; nil where they were left.
    package let winsorizing: Winsorizing?
    /// The outcome's value before exposure, for variance reduction; nil where the spec names none.
    package let preperiod: ScaledColumn?
    /// What clusters do to its errors; nil where units are independent.
    package let clustering: Clustering?
    /// Of a ratio; nil for other outcomes.
    package let denominators: Denominators?
    /// Of an index of surrogates; nil for other outcomes.
    package let indexError: IndexError?
    /// Whether Float32 keeps the values apart that were observed; where it does not, two values seen may have been many.
    package let isHeldApart: Bool

    package init(
        name: String, direction: Direction, threshold: Threshold?, armCosts: [Double], observed: ScaledColumn,
        winsorizing: Winsorizing? = nil, preperiod: ScaledColumn? = nil, clustering: Clustering? = nil,
        denominators: Denominators? = nil, indexError: IndexError? = nil, isHeldApart: Bool = true
    ) {
        self.indexError = indexError
        self.isHeldApart = isHeldApart
        self.clustering = clustering
        self.denominators = denominators
        self.name = name
        self.direction = direction
        self.threshold = threshold
        self.armCosts = armCosts
        self.observed = observed
        self.winsorizing = winsorizing
        self.preperiod = preperiod
    }
}

/// A covariate measured before exposure, encoded as one Float32 per unit; NaN is missing.
package struct Covariate: Sendable {
    package let name: String
    package let encoding: CovariateEncoding
    /// Numeric: value - centre. Categorical: index of the level. Missing (or a level past the limit): NaN.
    package let values: [Float]

    package init(name: String, encoding: CovariateEncoding, values: [Float]) {
        self.name = name
        self.encoding = encoding
        self.values = values
    }
}

/// How raw values of a covariate become numbers, in the experiment and in every exported policy.
package enum CovariateEncoding: Sendable, Equatable, Codable {
    /// `centre` is 0 unless the values lie so far from 0 that Float32 would lose their differences.
    case numeric(centre: Double)
    /// Levels in ascending order of their UTF-8 bytes, at most 254: the most frequent ones. Other texts are missing.
    case categorical(levels: [String])
}

/// P(T = arm | x) of every unit.
package enum Propensity: Sendable {
    /// One share per arm, summing to 1, equal for all units.
    case shares([Double])
    /// One column per arm, in canonical unit order, each row summing to 1.
    case columns([[Float]])

    package func of(arm: Int, unit: Int) -> Double {
        switch self {
        case .shares(let shares): shares[arm]
        case .columns(let columns): Double(columns[arm][unit])
        }
    }

    /// The probability each unit had of the arm it got.
    package func observed(_ assignment: [UInt8]) -> [Float] {
        switch self {
        case .shares(let shares):
            let table = shares.map { Float($0) }
            return assignment.map { table[Int($0)] }
        case .columns(let columns):
            return assignment.indices.map { columns[Int(assignment[$0])][$0] }
        }
    }
}

/// Identity of a data file: size and time are compared at once, the hash in the background.
package struct DataDigest: Sendable, Equatable, Codable {
    package let path: String
    package let bytes: Int
    /// Modification time, seconds since 1970.
    package let modified: Double
    /// SHA-256 of the file's bytes, hexadecimal; empty until computed.
    package let sha256: String

    package init(path: String, bytes: Int, modified: Double, sha256: String) {
        self.path = path
        self.bytes = bytes
        self.modified = modified
        self.sha256 = sha256
    }
}
