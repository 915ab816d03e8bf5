import Runtime
import Texts

/// Guesses what the columns of a data file mean, and writes the guess down as a spec with a comment on every line
/// (`espalier init`).
package enum SpecProposal {
    /// Guessing looks at about this many rows at most.
    package static let rowLimit = 1_000_000
    /// Rows that a first look takes, for a frame at once.
    package static let sampleLimit = 20_000

    /// The proposal for a data file, as the text of a spec that `ExperimentSpec.read` accepts.
    /// - Parameter folder: the folder that the spec will stand in, from which it names the data; nil is the current one.
    /// - Throws: `EspalierError(.data)` when the file cannot be read, or no column can be the treatment, an outcome or a
    ///   covariate; `.noInput`.
    package static func propose(
        dataPath: String, inFolder folder: String? = nil, context: RunContext = RunContext()
    ) throws -> String {
        var draft = try draft(dataPath: dataPath, context: context)
        if let folder { draft.data = DataFile.relative(dataPath, toFolder: folder) }
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
            .data,
            "no column looks like the treatment: none of 2 to \(ExperimentLimits.arms) values is named like one",
            file: dataPath,
            remedy: "rename the column to treatment, or write the spec by hand")
    }

    /// The proposal as a draft to be changed; its parts may be incomplete (`SpecDraft.problem`).
    /// - Throws: `EspalierError(.data)` when the file cannot be read or no column can be the treatment; `.noInput`.
    /// - Parameter rowLimit: rows looked at, at most.
    package static func draft(
        dataPath: String, rowLimit: Int = rowLimit, context: RunContext = RunContext()
    ) throws -> SpecDraft {
        guard !DisplayText.hasControl(dataPath) else {
            throw EspalierError(
                .data, "the file's path holds a control character, which no spec can name", file: dataPath,
                remedy: "rename it")
        }
        try FileStamp(path: dataPath).requireRegular(dataPath)
        let header = try TableReader.header(of: dataPath)
        try TableReader.refuseOtherSeparator(header, path: dataPath)
        var reader = TableReader(path: dataPath)
        reader.recordLimit = rowLimit
        reader.isLenient = true
        let unreadable = try TableReader.unreadable(of: dataPath)
        for name in header where !name.isEmpty && !DisplayText.hasControl(name) {
            try reader.want(name, .undecided, for: "data")
        }
        let table = try reader.read(context: context)
        for request in reader.requests {
            guard let word = table.texts(request.name).words.first(where: { $0.text == request.name }) else { continue }
            throw StrayTexts.repeatedHeader(request.name, line: word.line, file: dataPath)
        }
        let examples = try Self.examples(of: reader.requests.map(\.name), path: dataPath)
        let profiles = table.header.compactMap { name in
            table[name].map {
                ColumnProfile(
                    name: name, column: $0, texts: table.texts(name), count: table.recordCount,
                    examples: examples[name] ?? [])
            }
        }
        let treatments = try TreatmentGuess.all(in: profiles, path: dataPath, limit: rowLimit, context: context)
        guard let treatment = TreatmentGuess.likeliest(of: treatments) ?? treatments.first else {
            throw noTreatment(dataPath)
        }
        let others = profiles.filter { $0.name != treatment.column }
        let ids = try UnitGuess(others, path: dataPath, limit: rowLimit, context: context)
        let parts = PartsGuess(others.filter { $0.name != ids.unit }, ids: ids, table: table)
        var reasons = parts.reasons
        let log = try LogGuess.find(
            ids, others, treatment: treatment.column, path: dataPath, limit: rowLimit, context: context)
        if let log {
            reasons[log.unit] = nil
            reasons[log.exposure] = "it says when each exposure was"
        }
        let unnamable = header.filter { !$0.isEmpty && DisplayText.hasControl($0) }
        for name in unnamable {
            reasons[name] =
                "its name holds a \(name.contains(where: \.isNewline) ? "line break" : "control character"), "
                + "which no spec can name"
        }
        for (name, type) in unreadable { reasons[name] = "its values are of the type \(DisplayText.quoted(type))" }
        let arms = Dictionary(uniqueKeysWithValues: treatments.map { ($0.column, $0.arms) })
        return SpecDraft(
            name: title(dataPath), dataPath: dataPath, rowCount: table.recordCount,
            sawAllRows: table.recordCount < rowLimit,
            columns: header.compactMap { name in
                if let profile = profiles.first(where: { $0.name == name }) {
                    return SpecDraft.Column(
                        profile, arms: arms[name] ?? [], isIdentity: ids.identities.contains(name))
                }
                return unnamable.contains(name) ? SpecDraft.Column(unusable: name) : nil
            } + unreadable.map { SpecDraft.Column(unusable: $0.name) }, unit: log?.unit ?? ids.unit,
            unitRemark: log == nil ? Self.remark(ids, rows: table.recordCount) : nil,
            log: log,
            treatment: treatment.column, treatmentIsAGuess: treatment.score <= 0, arms: treatment.arms,
            controlIsAGuess: treatment.controlIsAGuess,
            outcomes: parts.outcomes.filter { $0.name != log?.unit }.map { profile in
                OutcomeSpec(
                    name: profile.name, direction: profile.hasWord(in: ProposalWords.minimised) ? .minimize : .maximize,
                    missing: profile.missing > 0 ? .drop : nil, text: profile.text)
            }, outcomeIsAGuess: parts.outcomeIsAGuess,
            covariates: Dictionary(
                uniqueKeysWithValues: parts.covariates.filter { $0.name != log?.unit }.map { ($0.name, $0.kind) }),
            reasons: reasons, namelessCount: header.count(where: \.isEmpty))
    }

    /// The first values of each column as they are written; the first piece of the file has enough of them.
    private static func examples(of columns: [String], path: String) throws -> [String: [String]] {
        var reader = TableReader(path: path)
        reader.recordLimit = ColumnProfile.exampleCount
        for name in columns { try reader.want(name, .label, for: "data") }
        let table = try reader.read()
        return Dictionary(
            columns.map { name in
                guard case .levels(let codes, let names)? = table[name] else { return (name, []) }
                let present = codes.lazy.filter { $0 >= 0 && !MissingText.matches(names[Int($0)]) }
                return (name, present.prefix(ColumnProfile.exampleCount).map { names[Int($0)] })
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What to say of ids that cannot be the unit's; nil where there is nothing to say.
    private static func remark(_ ids: UnitGuess, rows: Int) -> String? {
        if let ruined = ids.ruined {
            return
                "\(ruined.column) holds ids that a spreadsheet has rounded (line \(ruined.line)): export them again as text"
        }
        guard ids.unit == nil, let most = ids.repeating.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return nil
        }
        return
            "\(most.key) repeats (\(HealthText.count(most.value, "value")) in \(HealthText.count(rows, "row"))): give one row "
            + "for each if it was randomised"
    }

    /// The file's name without its endings.
    private static func title(_ dataPath: String) -> String {
        let name = DataFile.home(of: dataPath).name
        return name.isEmpty || DisplayText.hasControl(dataPath) ? "experiment" : name
    }
}
