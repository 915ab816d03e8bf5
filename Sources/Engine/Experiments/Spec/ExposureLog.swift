/// A first file with several rows a unit, one for each exposure. The first exposure gives the unit's arm and every column that is
/// not aggregated.
package struct ExposureLog: Sendable, Equatable, Codable {
    /// What becomes of units that were seen in two arms; nil refuses to fit.
    package enum CrossoverRule: String, Sendable, Codable, CaseIterable {
        /// They are left out, and counted.
        case drop
    }

    package var crossovers: CrossoverRule?
    /// What the values of a unit from its first exposure on become, by column.
    package var aggregates: [String: JoinedFile.Aggregate]

    /// Seconds from the first exposure on in which a unit's rows count; nil counts all from then on.
    package var window: Double?

    package init(
        crossovers: CrossoverRule? = nil, aggregates: [String: JoinedFile.Aggregate] = [:], window: Double? = nil
    ) {
        self.crossovers = crossovers
        self.aggregates = aggregates
        self.window = window
    }
}
