import Texts

/// Which of the columns that are neither unit nor treatment are outcomes, which covariates, and why the others are neither.
struct PartsGuess {
    private(set) var outcomes: [ColumnProfile] = []
    /// Whether no name looked like an outcome.
    private(set) var outcomeIsAGuess = false
    private(set) var covariates: [ColumnProfile] = []
    /// Why a column is left out, by name.
    private(set) var reasons: [String: String] = [:]

    /// A column that says so much of an outcome's variance is a part of it.
    private static let almostAll = 0.98
    private static let rowsLookedAt = 50_000
    /// A column named like an id with so few values is a class.
    private static let classValues = 100

    init(_ profiles: [ColumnProfile], ids: UnitGuess, table: Table) {
        covariates = profiles
        leaveOut("it has no values") { $0.missing == $0.count }
        leaveOut("its name says that it is the truth of a simulation") { $0.hasWord(in: ProposalWords.truth) }
        let stray = covariates.filter { $0.stray != nil && !$0.isNamedLikeOutcome }
        for profile in stray { leaveOut("it holds numbers and texts such as \(profile.stray ?? "")", profile) }
        leaveOut("it only says who the unit is") { profile in
            ids.identities.contains(profile.name)
                && (profile.isPastDoubles || profile.hasWord(in: ProposalWords.identity.union(ProposalWords.unit)))
        }
        leaveOut("it is named like an id") { profile in
            profile.hasWord(in: ProposalWords.identity)
                && (profile.distinct > Self.classValues || 2 * profile.distinct > profile.count
                    || profile.hasWord(in: ProposalWords.unit))
        }
        outcomes = covariates.filter { $0.isNamedLikeOutcome && $0.isNumeric && $0.stray == nil && !$0.holdsDates }
        covariates.removeAll { profile in outcomes.contains { $0.name == profile.name } }
        for profile in covariates where profile.isNamedLikeOutcome {
            if let outcome = outcomes.first(where: profile.extends) {
                leaveOut("its name holds that of the outcome \(outcome.name)", profile)
            } else if !profile.holdsDates {
                let example = profile.stray ?? profile.examples.first ?? ""
                leaveOut(
                    "named like an outcome but not written as a number: \(DisplayText.quoted(example))", profile)
            }
        }
        outcomeIsAGuess = outcomes.isEmpty
        if outcomes.isEmpty, let last = covariates.last(where: { $0.isNumeric && $0.kind == .numeric || $0.isBinary }) {
            outcomes = [last]
            covariates.removeAll { $0.name == last.name }
        }
        leaveOut("it has the same value everywhere") { $0.distinct == 1 && $0.missing == 0 }
        leaveOut("it has too many levels to tell units apart by") { profile in
            !profile.isNumeric && !profile.holdsDates
                && (profile.distinct > 1000 || 2 * profile.distinct > profile.count)
        }
        leaveOutConsequences(table)
        leaveOut("it holds dates: give the days before exposure as numbers") { $0.holdsDates }
    }

    private mutating func leaveOut(_ reason: String, where condition: (ColumnProfile) -> Bool) {
        for profile in covariates where condition(profile) { reasons[profile.name] = reason }
        covariates.removeAll(where: condition)
    }

    private mutating func leaveOut(_ reason: String, _ profile: ColumnProfile) {
        leaveOut(reason) { $0.name == profile.name }
    }

    /// Columns that an outcome shows through: by name, by where they are missing, or by what they explain.
    private mutating func leaveOutConsequences(_ table: Table) {
        for outcome in outcomes where !outcomeIsAGuess {
            leaveOut("its name holds that of the outcome \(outcome.name)") { $0.extends(outcome) }
        }
        for outcome in outcomes {
            let values = Array(table.numbers(outcome.name).prefix(Self.rowsLookedAt))
            guard !values.isEmpty, !values.contains(where: \.isNaN) else { continue }
            let arms = Array(repeating: 0, count: values.count)
            for profile in covariates {
                let column = table[profile.name]
                let missing = Self.isMissing(column, count: values.count)
                if missing.contains(true), missing.contains(false), zip(missing, values).allSatisfy({ $0 == ($1 == 0) })
                {
                    leaveOut("it is missing exactly where the outcome \(outcome.name) is 0", profile)
                } else if Self.explained(values, arms, column, missing) >= Self.almostAll {
                    leaveOut("it explains the outcome \(outcome.name) almost fully", profile)
                }
            }
        }
    }

    private static func isMissing(_ column: Table.Column?, count: Int) -> [Bool] {
        switch column {
        case .numbers(let values)?: values.prefix(count).map(\.isNaN)
        case .levels(let codes, _)?: codes.prefix(count).map { $0 < 0 }
        default: Array(repeating: false, count: count)
        }
    }

    private static func explained(
        _ values: [Double], _ arms: [Int], _ column: Table.Column?, _ missing: [Bool]
    ) -> Double {
        switch column {
        case .numbers(let numbers)?:
            ExplainedShare.of(values, arms: arms, numbers: Array(numbers.prefix(values.count)))
        case .levels(let codes, let names)?:
            ExplainedShare.grouped(
                values, arms, groups: codes.prefix(values.count).map { $0 < 0 ? names.count : Int($0) })
        default: 0
        }
    }
}
