/// One file joined on the unit.
package struct JoinedFile: Sendable, Equatable, Codable {
    /// How many rows a unit has in it.
    package enum Grain: String, Sendable, Codable, CaseIterable {
        case unit, many
    }

    /// What the many values of a unit become; missing ones do not count.
    package enum Aggregate: String, Sendable, Codable, CaseIterable {
        case sum, mean, min, max, count
        /// The value of the latest row dated before exposure.
        case latest
    }

    /// Relative to the spec's folder.
    package var file: String
    /// Column of the unit's id; nil is the first file's.
    package var key: String?
    package var grain: Grain
    /// Of all columns that `aggregates` does not name.
    package var aggregate: Aggregate?
    package var aggregates: [String: Aggregate]
    /// Column of each row's date, which makes the file one of labels, dated before exposure, or of events in a window from it on.
    package var date: String?
    /// Seconds from exposure on in which rows count, which makes the file one of events; nil counts those before exposure.
    package var window: Double?

    /// Column of the rows by whose levels the aggregates can be broken down (`LevelColumn`).
    package var by: String?

    package init(
        file: String, key: String? = nil, grain: Grain = .unit, aggregate: Aggregate? = nil,
        aggregates: [String: Aggregate] = [:], date: String? = nil, window: Double? = nil, by: String? = nil
    ) {
        self.file = file
        self.key = key
        self.grain = grain
        self.aggregate = aggregate
        self.aggregates = aggregates
        self.date = date
        self.window = window
        self.by = by
    }

    func aggregate(of column: String) -> Aggregate? { aggregates[column] ?? aggregate }
}
