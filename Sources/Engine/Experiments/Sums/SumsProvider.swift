import Runtime

/// Where trees, cohort tables and averages get their sums: they never see a row (DESIGN section 2). Units in memory answer
/// by passes over their columns; a warehouse can by one GROUP BY.
package protocol SumsProvider: Sendable {
    /// How the bins of each covariate are to be read.
    var codes: [BinCode] { get }

    /// Mutating, for a provider may keep what the next level's request will start from. An answer depends on the request
    /// alone: copies may be asked side by side, and in any order.
    /// - Throws: `CancellationError`, or what went wrong where the units are.
    mutating func answer(_ request: SumsRequest, context: RunContext) throws -> SumsAnswer
}
