/// A set of surrogates, and how good an index it makes: what a choice among sets rests on.
package struct SurrogateCandidate: Sendable, Equatable {
    /// Names of the surrogates, without the covariates.
    package let surrogates: [String]
    package let index: SurrogateIndex
    /// By arm of the past experiment; empty where there was none.
    package let checks: [SurrogateCheck]
    /// From 1: by the error for units that the index was not fitted on.
    package private(set) var rankByError = 0
    /// From 1: by the largest z among the checks; nil where nothing was checked.
    package private(set) var rankByCheck: Int?

    /// The largest of the checks, by size.
    package var worstZ: Double? { checks.compactMap(\.z).max { abs($0) < abs($1) } }

    private init(_ surrogates: [String], _ history: SurrogateHistory, covariates: [String], file: String) throws {
        let own = history.keeping(surrogates + covariates)
        self.surrogates = surrogates
        index = try SurrogateIndex(own, file: file)
        checks = SurrogateCheck.examine(index, own)
    }

    /// All surrogates together, each left out and each alone, the least error for new units first.
    /// - Throws: as `SurrogateIndex.init`.
    package static func rank(
        _ spec: SurrogateSpec, in history: SurrogateHistory, file: String
    ) throws -> [SurrogateCandidate] {
        let columns = spec.columns
        var sets = [columns]
        if columns.count > 2 { sets += columns.map { left in columns.filter { $0 != left } } }
        if columns.count > 1 { sets += columns.map { [$0] } }
        var found = try sets.map {
            try SurrogateCandidate($0, history, covariates: spec.covariates, file: file)
        }.enumerated().sorted { a, b in
            (a.element.index.heldOutError, a.offset) < (b.element.index.heldOutError, b.offset)
        }.map(\.element)
        for place in found.indices { found[place].rankByError = place + 1 }
        let checked = found.indices.filter { found[$0].worstZ != nil }.sorted { a, b in
            (abs(found[a].worstZ ?? 0), a) < (abs(found[b].worstZ ?? 0), b)
        }
        for (place, candidate) in checked.enumerated() { found[candidate].rankByCheck = place + 1 }
        return found
    }
}
