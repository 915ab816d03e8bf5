import Runtime
import Texts

/// A column that looks like ids and repeats, in a file whose rows count as units.
package struct RepeatedIds: Sendable, Equatable {
    package var column: String
    package var distinct: Int
    package var rows: Int
}

extension RepeatedIds {
    /// Fewer rows per value than this share short of one each is chance or a few errors.
    private static let repeated = 0.9

    /// The column whose values repeat most, among those named like ids and in no other part; nil where rows do not count as
    /// units or none repeats.
    static func find(
        _ spec: ExperimentSpec, header: [String], file: String, context: RunContext
    ) throws -> RepeatedIds? {
        guard case .row = spec.unit, spec.cluster == nil else { return nil }
        let parts = Set(
            spec.covariates.map(\.column) + spec.outcomes.flatMap(\.source.columns) + [spec.treatment.column])
        let candidates = header.filter { name in
            let words = ColumnProfile.words(of: name)
            return !parts.contains(name) && !DisplayText.hasControl(name)
                && words.contains(where: ProposalWords.identity.contains)
        }
        guard !candidates.isEmpty else { return nil }
        func read(_ names: [String]) throws -> Table? {
            var reader = TableReader(path: file)
            for name in names { try reader.want(name, .label, for: "id") }
            do {
                return try reader.read(context: context)
            } catch is EspalierError {
                return nil
            }
        }
        // Nobody named these columns, so one that cannot be read, such as Latin-1, only cannot be looked at.
        let all = try read(candidates)
        let found = try candidates.compactMap { name -> RepeatedIds? in
            guard let table = try all ?? read([name]), case .levels(_, let names)? = table[name],
                Double(names.count) < repeated * Double(table.recordCount)
            else { return nil }
            return RepeatedIds(column: name, distinct: names.count, rows: table.recordCount)
        }
        // A column of a few values is a class, not an id.
        return found.filter { $0.distinct * 100 > $0.rows }.min { $0.distinct < $1.distinct }
    }
}
