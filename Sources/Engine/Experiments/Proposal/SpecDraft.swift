import Texts

/// A spec in the making: the columns of a data file and the part each plays, first as proposed, then as changed.
///
/// Every change keeps the parts apart: a column is the unit, the treatment, an outcome's source, a covariate or left out.
package struct SpecDraft: Sendable, Equatable {
    /// What a column of the file looks like; it does not change.
    package struct Column: Sendable, Equatable {
        package let name: String
        package let isNumeric: Bool
        /// All values that are there are 0 or 1.
        package let isBinary: Bool
        package let missing: Int
        /// Distinct values, counted up to a limit.
        package let distinct: Int
        /// The first values, as text.
        package let examples: [String]
        /// The arms it would have as the treatment, and the rows of each; empty where it cannot be one.
        package let arms: [Arm]
        /// Whether all its values are there and differ, so that it can be the unit's id.
        package let isIdentity: Bool
        /// What it is as a covariate.
        package let kind: CovariateKind
        /// How its values are written; nil where they are plain.
        package let text: TextFormat?
        /// What is worth saying of its values.
        package let remark: String?
    }

    package struct Arm: Sendable, Equatable {
        package let name: String
        package let count: Int
    }

    package enum Part: Sendable, Equatable {
        case unit, treatment, outcome, covariate, leftOut
    }

    package let dataPath: String
    package let rowCount: Int
    /// Whether the file was looked at to its end.
    package let sawAllRows: Bool
    /// In the file's order.
    package let columns: [Column]
    package var name: String
    /// How the spec names the data file.
    package var data: String
    /// nil: each row is a unit.
    package private(set) var unit: String?
    /// What is worth saying of the ids.
    package let unitRemark: String?
    /// How the rows become units where ids repeat by exposure; nil where each unit has one row.
    private let logGuess: LogGuess?
    package private(set) var treatment: String
    /// The arms in the spec's order, control first.
    package private(set) var arms: [Arm]
    /// Whether nothing in the data says which arm is control.
    package private(set) var controlIsAGuess: Bool
    /// Columns without a name, which no spec can name.
    package let namelessCount: Int
    /// Planned shares in the order of `arms`, on any scale.
    package var shares: [Double]
    /// Whether the shares were rounded from the counts and nobody has declared them.
    package var sharesAreAGuess: Bool
    /// The first is the objective.
    package private(set) var outcomes: [OutcomeSpec]
    /// Whether no name or value looked like a treatment.
    package private(set) var treatmentIsAGuess: Bool
    /// Whether no name looked like an outcome.
    package private(set) var outcomeIsAGuess: Bool
    package private(set) var covariates: [String: CovariateKind]
    /// Why a column is left out, where there is a reason to give.
    package private(set) var reasons: [String: String]

    init(
        name: String, dataPath: String, rowCount: Int, sawAllRows: Bool, columns: [Column], unit: String?,
        unitRemark: String?, log: LogGuess? = nil, treatment: String, treatmentIsAGuess: Bool, arms: [Arm],
        controlIsAGuess: Bool,
        outcomes: [OutcomeSpec], outcomeIsAGuess: Bool,
        covariates: [String: CovariateKind], reasons: [String: String], namelessCount: Int
    ) {
        self.name = name
        self.dataPath = dataPath
        data = dataPath
        self.rowCount = rowCount
        self.sawAllRows = sawAllRows
        self.columns = columns
        self.unit = unit
        self.unitRemark = unitRemark
        logGuess = log
        self.controlIsAGuess = controlIsAGuess
        self.namelessCount = namelessCount
        self.treatment = treatment
        self.arms = arms
        self.treatmentIsAGuess = treatmentIsAGuess
        shares = PlausibleShares.ratio(arms.map(\.count)).map(Double.init)
        sharesAreAGuess = true
        self.outcomes = outcomes
        self.outcomeIsAGuess = outcomeIsAGuess
        self.covariates = covariates
        self.reasons = reasons
    }

    /// How the rows become units; nil once another column is the unit.
    package var log: LogGuess? { logGuess?.unit == unit ? logGuess : nil }

    package subscript(column name: String) -> Column? { columns.first { $0.name == name } }

    package func part(of column: String) -> Part {
        if column == unit { return .unit }
        if column == treatment { return .treatment }
        if outcomes.contains(where: { $0.source.columns.contains(column) }) { return .outcome }
        return covariates[column] == nil ? .leftOut : .covariate
    }

    /// The place among the outcomes of the one that a column feeds.
    package func outcome(of column: String) -> Int? { outcomes.firstIndex { $0.source.columns.contains(column) } }

    /// What keeps the draft from being a spec, as one sentence; nil when nothing does.
    package var problem: String? {
        if outcomes.isEmpty { return "no column is an outcome yet" }
        if covariates.isEmpty { return "no column is a covariate yet" }
        if Set(outcomes.map(\.name)).count < outcomes.count { return "two outcomes have the same name" }
        return nil
    }

    // MARK: Changes

    /// Why a column cannot have a part, as one sentence; nil when it can.
    package func refusal(of part: Part, for name: String) -> String? {
        guard let column = self[column: name] else { return "there is no column \(name)" }
        if part != .leftOut, DisplayText.hasControl(name) {
            return "the column's name holds a line break or control character, which no spec can name"
        }
        switch part {
        case .unit where !column.isIdentity && name != logGuess?.unit:
            return "\(name) has missing or repeated values, so it cannot be the unit"
        case .treatment where column.arms.isEmpty:
            return "\(name) does not have 2 to \(ExperimentLimits.arms) values, so it cannot be the treatment"
        case .outcome where !column.isNumeric: return "\(name) is no number, so it cannot be an outcome"
        case .covariate where name == treatment, .leftOut where name == treatment, .outcome where name == treatment,
            .unit where name == treatment:
            return "an experiment needs a treatment: give that part to another column first"
        default: return nil
        }
    }

    /// Gives a column a part; what had a part that only one can have becomes left out, or each row the unit.
    /// - Returns: why it cannot be, else nil.
    @discardableResult
    package mutating func give(_ part: Part, to name: String) -> String? {
        if let refusal = refusal(of: part, for: name) { return refusal }
        guard self.part(of: name) != part, let column = self[column: name] else { return nil }
        release(name)
        switch part {
        case .unit: unit = name
        case .treatment:
            treatment = name
            treatmentIsAGuess = false
            controlIsAGuess = false
            setArms(column.arms)
        case .outcome:
            outcomes.append(
                OutcomeSpec(
                    name: name, direction: .maximize, missing: column.missing > 0 ? .drop : nil, text: column.text))
            outcomeIsAGuess = false
        case .covariate: covariates[name] = column.kind
        case .leftOut: break
        }
        return nil
    }

    private mutating func release(_ name: String) {
        if unit == name { unit = nil }
        outcomes.removeAll { $0.source.columns.contains(name) }
        covariates[name] = nil
        reasons[name] = nil
    }

    private mutating func setArms(_ found: [Arm]) {
        arms = found
        shares = PlausibleShares.ratio(found.map(\.count)).map(Double.init)
        sharesAreAGuess = true
        for index in outcomes.indices { outcomes[index].armCost = [:] }
    }

    /// Makes an arm the control; shares stay with their arms.
    package mutating func setControl(_ arm: Int) {
        guard arms.indices.contains(arm) else { return }
        controlIsAGuess = false
        arms.insert(arms.remove(at: arm), at: 0)
        shares.insert(shares.remove(at: arm), at: 0)
    }

    /// Makes an outcome the objective.
    package mutating func makeObjective(_ outcome: Int) {
        guard outcomes.indices.contains(outcome) else { return }
        outcomes.insert(outcomes.remove(at: outcome), at: 0)
    }

    package mutating func change(outcome index: Int, _ change: (inout OutcomeSpec) -> Void) {
        guard outcomes.indices.contains(index) else { return }
        change(&outcomes[index])
    }

    /// Adds an outcome computed from columns that so far play no other needed part.
    package mutating func add(_ outcome: OutcomeSpec) {
        guard outcome.source.columns.allSatisfy({ self[column: $0]?.isNumeric == true && $0 != treatment }) else {
            return
        }
        for column in outcome.source.columns { release(column) }
        outcomes.append(outcome)
    }

    package mutating func setKind(_ kind: CovariateKind, of covariate: String) {
        guard covariates[covariate] != nil, kind == .categorical || self[column: covariate]?.isNumeric == true else {
            return
        }
        covariates[covariate] = kind
    }
}
