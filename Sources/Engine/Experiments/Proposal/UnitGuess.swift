import Runtime

/// Which columns hold ids, judged on their texts.
struct UnitGuess {
    /// The column whose values are all there and all different, by name an id or else a unit; nil where there is none.
    let unit: String?
    /// Columns whose texts are all there and all different.
    let identities: Set<String>
    /// Columns named like ids whose texts repeat, with the number of distinct ones.
    let repeating: [String: Int]
    /// The column of ids that a spreadsheet has rounded (1.23E+12), and the line of the first.
    let ruined: (column: String, line: Int)?

    /// - Complexity: one reading of the file for the columns that may be ids.
    init(_ profiles: [ColumnProfile], path: String, limit: Int, context: RunContext) throws {
        let byIdentity = profiles.filter { $0.hasWord(in: ProposalWords.identity) }
        let byUnit = profiles.filter { profile in
            profile.hasWord(in: ProposalWords.unit) && !profile.hasWord(in: ProposalWords.identity)
        }
        let named = byIdentity + byUnit
        let others = profiles.filter { profile in
            profile.isPastDoubles && !named.contains { $0.name == profile.name }
        }
        // Numbers past those that a Double tells apart seem to repeat; texts of few levels do.
        let withoutIds = try TableReader.withoutIds(of: path)
        let candidates = (named + others).filter { profile in
            !withoutIds.contains(profile.name) && profile.empty == 0 && (profile.isPastDoubles || profile.distinct > 1)
        }
        var reader = TableReader(path: path)
        reader.recordLimit = limit
        for profile in candidates { try reader.want(profile.name, .key, for: "unit") }
        var identities: Set<String> = []
        var repeating: [String: Int] = [:]
        var ruined: (String, Int)?
        if !candidates.isEmpty {
            let table = try reader.read(context: context)
            for profile in candidates {
                guard case .keys(let keys)? = table[profile.name] else { continue }
                if let record = TotalsRow.find(in: keys) {
                    throw TotalsRow.error(column: profile.name, line: table.line(of: record), file: path)
                }
                let distinct = Set(keys).count
                if distinct == keys.count { identities.insert(profile.name) }
                if distinct < keys.count, profile.hasWord(in: ProposalWords.identity) {
                    repeating[profile.name] = distinct
                }
                if ruined == nil, let found = table.texts(profile.name).ruinedIds {
                    ruined = (profile.name, found.line)
                }
            }
        }
        unit = named.first { identities.contains($0.name) }?.name
        self.identities = identities.union(
            profiles.filter { profile in
                profile.missing == 0 && !profile.isPastDoubles && !named.contains { $0.name == profile.name }
                    && profile.distinct >= min(profile.count, ColumnProfile.manyValues)
            }.map(\.name))
        self.repeating = repeating
        self.ruined = ruined
    }
}
