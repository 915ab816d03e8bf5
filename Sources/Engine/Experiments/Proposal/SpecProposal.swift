import Runtime
import Texts

/// Guesses what the columns of a data file mean, and writes the guess down as a spec with a comment on every line
/// (`espalier init`).
package enum SpecProposal {
    /// Guessing looks at about this many rows at most.
    private static let rowLimit = 1_000_000

    /// The proposal for a data file, as the text of a spec that `ExperimentSpec.read` accepts.
    /// - Throws: `EspalierError(.data)` when the file cannot be read, or no column can be the treatment, an outcome or a
    ///   covariate; `.noInput`.
    package static func propose(dataPath: String, context: RunContext = RunContext()) throws -> String {
        let draft = try draft(dataPath: dataPath, context: context)
        guard !draft.treatmentIsAGuess else { throw noTreatment(dataPath) }
        guard !draft.outcomes.isEmpty else {
            throw EspalierError(
                .data, "no numeric column is left for an outcome", file: dataPath, remedy: "add the outcomes' columns")
        }
        guard !draft.covariates.isEmpty else {
            throw EspalierError(
                .data, "no column is left for a covariate", file: dataPath,
                remedy: "add columns measured before exposure")
        }
        return draft.yaml
    }

    private static func noTreatment(_ dataPath: String) -> EspalierError {
        EspalierError(
            .data, "no column looks like the treatment: none of 2 to 10 values is named like one", file: dataPath,
            remedy: "rename the column to treatment, or write the spec by hand")
    }

    /// The proposal as a draft to be changed; its parts may be incomplete (`SpecDraft.problem`).
    /// - Throws: `EspalierError(.data)` when the file cannot be read or no column has 2 to 10 values; `.noInput`.
    package static func draft(dataPath: String, context: RunContext = RunContext()) throws -> SpecDraft {
        guard !DisplayText.hasControl(dataPath) else {
            throw EspalierError(
                .data, "the file's path holds a control character, which no spec can name", file: dataPath,
                remedy: "rename it")
        }
        var reasons: [String: String] = [:]
        var reader = TableReader(path: dataPath)
        reader.recordLimit = Self.rowLimit
        for name in try TableReader.header(of: dataPath) where !name.isEmpty {
            if DisplayText.hasControl(name) {
                continue
            }
            try reader.want(name, .undecided, for: "data")
        }
        var table = try reader.read(context: context)
        let recordCount = table.recordCount
        let profiles = table.header.compactMap { name in
            table[name].map { ColumnProfile(name: name, column: $0, count: recordCount) }
        }
        for name in table.header { table.drop(name) }

        let treatments = try TreatmentGuess.all(in: profiles, path: dataPath, limit: Self.rowLimit, context: context)
        guard let treatment = TreatmentGuess.likeliest(of: treatments) ?? treatments.first else {
            throw noTreatment(dataPath)
        }
        let unit = try Self.unitColumn(
            in: profiles.filter { $0.name != treatment.column }, path: dataPath, context: context)

        var rest = profiles.filter { $0.name != treatment.column && $0.name != unit?.name }
        func leaveOut(_ reason: String, where condition: (ColumnProfile) -> Bool) {
            for profile in rest where condition(profile) { reasons[profile.name] = reason }
            rest.removeAll(where: condition)
        }
        leaveOut("it has no values") { $0.missing == $0.count }
        leaveOut("its name says that it is the truth of a simulation") { $0.hasWord(in: ProposalWords.truth) }
        var outcomes = rest.filter { profile in
            profile.isNumeric && !profile.hasWord(in: ProposalWords.earlier)
                && (profile.hasWord(in: ProposalWords.outcome) || profile.hasWord(in: ProposalWords.minimised))
        }
        let outcomeIsAGuess = outcomes.isEmpty
        if outcomes.isEmpty, let last = rest.last(where: \.isNumeric) { outcomes = [last] }
        rest.removeAll { profile in outcomes.contains { $0.name == profile.name } }
        leaveOut("it has the same value everywhere") { $0.distinct == 1 && $0.missing == 0 }
        leaveOut("it has too many levels to tell units apart by") { profile in
            !profile.isNumeric && (profile.distinct > 1000 || 2 * profile.distinct > profile.count)
        }
        let arms = Dictionary(uniqueKeysWithValues: treatments.map { ($0.column, $0.arms) })
        return SpecDraft(
            name: title(dataPath), dataPath: dataPath, rowCount: recordCount, sawAllRows: recordCount < Self.rowLimit,
            columns: profiles.map { SpecDraft.Column($0, arms: arms[$0.name] ?? []) }, unit: unit?.name,
            treatment: treatment.column, treatmentIsAGuess: treatment.score <= 0, arms: treatment.arms,
            outcomes: outcomes.map { profile in
                OutcomeSpec(
                    name: profile.name, direction: profile.hasWord(in: ProposalWords.minimised) ? .minimize : .maximize,
                    missing: profile.missing > 0 ? .drop : nil)
            }, outcomeIsAGuess: outcomeIsAGuess,
            covariates: Dictionary(
                uniqueKeysWithValues: rest.map { ($0.name, $0.isNumeric ? .numeric : .categorical) }),
            reasons: reasons)
    }

    /// The file's name without its endings.
    private static func title(_ dataPath: String) -> String {
        let file = dataPath.split(separator: "/").last.map(String.init) ?? dataPath
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || DisplayText.hasControl(file) ? "experiment" : String(stem)
    }

    /// A column named like an id (or else like a unit) whose values are all there and all different.
    private static func unitColumn(
        in profiles: [ColumnProfile], path: String, context: RunContext
    ) throws -> ColumnProfile? {
        let byIdentity = profiles.filter { $0.hasWord(in: ProposalWords.identity) }
        let byUnit = profiles.filter { profile in
            profile.hasWord(in: ProposalWords.unit) && !profile.hasWord(in: ProposalWords.identity)
        }
        for profile in byIdentity + byUnit {
            guard profile.missing == 0, profile.distinct >= min(profile.count, ColumnProfile.manyValues) else {
                continue
            }
            var reader = TableReader(path: path)
            reader.recordLimit = rowLimit
            try reader.want(profile.name, .key, for: "unit")
            guard case .keys(let keys)? = try reader.read(context: context)[profile.name] else { continue }
            if Set(keys).count == keys.count { return profile }
        }
        return nil
    }
}
