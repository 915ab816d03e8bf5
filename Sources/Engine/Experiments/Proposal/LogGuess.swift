import Runtime

/// A file whose rows are exposures: an id that repeats, a date in every row, and mostly one arm for each id.
package struct LogGuess: Sendable, Equatable {
    /// Column of the ids.
    package let unit: String
    /// Column of the dates.
    package let exposure: String
    package let units: Int
    /// Units with rows in several arms.
    package let crossovers: Int
}

extension LogGuess {
    /// With more units than this share in several arms the id is not what was randomised.
    private static let mostCrossovers = 0.2
    private static let dateWords: [String] = [
        "exposure", "exposed", "timestamp", "time", "assigned", "date", "day", "at",
    ]

    /// nil where the ids do not repeat, no column holds dates, or arms change too often.
    /// - Complexity: one reading of two columns.
    static func find(
        _ ids: UnitGuess, _ profiles: [ColumnProfile], treatment: String, path: String, limit: Int, context: RunContext
    ) throws -> LogGuess? {
        guard ids.unit == nil, ids.ruined == nil,
            let unit = ids.repeating.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
            let exposure = dates(profiles)
        else { return nil }
        var reader = TableReader(path: path)
        reader.recordLimit = limit
        try reader.want(unit, .key, for: "unit")
        try reader.want(treatment, .label, for: "treatment")
        let table = try reader.read(context: context)
        guard case .keys(let keys)? = table[unit], case .levels(let codes, _)? = table[treatment] else { return nil }
        var armOf: [UInt64: Int32] = [:]
        var crossed: Set<UInt64> = []
        for (key, code) in zip(keys, codes) {
            if armOf.updateValue(armOf[key] ?? code, forKey: key) ?? code != code { crossed.insert(key) }
        }
        guard Double(crossed.count) <= mostCrossovers * Double(armOf.count) else { return nil }
        return LogGuess(unit: unit, exposure: exposure, units: armOf.count, crossovers: crossed.count)
    }

    /// The column of dates in every row whose name says most of exposure.
    private static func dates(_ profiles: [ColumnProfile]) -> String? {
        func rank(_ profile: ColumnProfile) -> Int {
            dateWords.firstIndex { profile.words.contains($0) } ?? dateWords.count
        }
        return profiles.filter { profile in
            profile.holdsDates && profile.missing == 0 && profile.examples.allSatisfy { CalendarTime($0) != nil }
        }.min { rank($0) < rank($1) }?.name
    }
}
