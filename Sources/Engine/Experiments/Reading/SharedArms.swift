import Runtime
import Texts

/// A column by whose values units share their arms, as members of one household do where households were randomised.
package struct SharedArms: Sendable, Equatable {
    package var column: String
    package var distinct: Int
    package var rows: Int
    /// Values of two units or more, and those of them whose units have several arms.
    package var groups: Int
    package var divided: Int
}

extension SharedArms {
    /// Words of what is randomised together, beside those of ids and units.
    private static let words: Set<String> = [
        "cluster", "household", "family", "team", "store", "shop", "branch", "school", "classroom", "village", "clinic",
        "hospital", "site", "company", "organisation", "organization", "tenant", "market", "dma", "region", "city",
        "district",
    ]
    /// From this correlation of the arms of two units of one value on, the value probably had the arm.
    private static let telling = 0.5
    /// How sure that must be, in standard errors.
    private static let surely = 3.0
    /// Columns of any name are looked at where they have no more values than this in all.
    private static let anyNameLimit = 5_000_000
    /// Fewer values are arms under another name.
    private static let fewestValues = 10

    /// The column in no part of the spec, of large files one that is named like an id or a group, within whose values arms agree most;
    /// nil where none do far more than by chance.
    /// - Parameter assignment: the arm of each record; nil for records that are left out.
    static func find(
        _ spec: ExperimentSpec, header: [String], file: String, armCount: Int, assignment: [UInt8?], context: RunContext
    ) throws -> SharedArms? {
        guard case .column(let unit) = spec.unit, spec.cluster == nil else { return nil }
        let parts = Set(
            spec.covariates.map(\.column) + spec.outcomes.flatMap(\.source.columns)
                + spec.outcomes.compactMap(\.preperiod) + [spec.treatment.column, unit])
        let names = ProposalWords.identity.union(ProposalWords.unit).union(words)
        let unused = header.filter { !$0.isEmpty && !parts.contains($0) && !DisplayText.hasControl($0) }
        let named = unused.filter { ColumnProfile.words(of: $0).contains(where: names.contains) }
        let candidates = unused.count * assignment.count <= anyNameLimit ? unused : named
        guard !candidates.isEmpty else { return nil }
        var reader = TableReader(path: file)
        for name in candidates { try reader.want(name, .label, for: "id") }
        let table: Table
        do {
            table = try reader.read(context: context)
        } catch is EspalierError {
            // Nobody named these columns, so one that cannot be read only cannot be looked at.
            return nil
        }
        let found = candidates.compactMap { name -> (SharedArms, Double)? in
            guard case .levels(let codes, let levels)? = table[name], levels.count >= fewestValues else { return nil }
            return judge(name, codes, levels: levels.count, armCount: armCount, assignment: assignment)
        }
        return found.max { $0.1 < $1.1 }?.0
    }

    /// The correlation of arms within values, from the pairs of units of one value; nil where it does not tell.
    private static func judge(
        _ name: String, _ codes: [Int32], levels: Int, armCount: Int, assignment: [UInt8?]
    ) -> (SharedArms, Double)? {
        var counts = [Int](repeating: 0, count: levels * armCount)
        var arms = [Double](repeating: 0, count: armCount)
        var rows = 0
        for (record, code) in codes.enumerated() {
            guard code >= 0, let arm = assignment[record] else { continue }
            counts[Int(code) * armCount + Int(arm)] += 1
            arms[Int(arm)] += 1
            rows += 1
        }
        var (pairs, alike) = (0.0, 0.0)
        var (groups, divided) = (0, 0)
        for level in 0..<levels {
            let own = counts[level * armCount..<(level + 1) * armCount]
            let units = own.reduce(0, +)
            guard units > 1 else { continue }
            groups += 1
            if own.count(where: { $0 > 0 }) > 1 { divided += 1 }
            pairs += Double(units * (units - 1)) / 2
            alike += own.reduce(0) { $0 + Double($1 * ($1 - 1)) / 2 }
        }
        guard pairs > 0, rows > 0 else { return nil }
        let chance = arms.reduce(0) { $0 + ($1 / Double(rows)) * ($1 / Double(rows)) }
        guard chance < 1 else { return nil }
        let correlation = (alike / pairs - chance) / (1 - chance)
        // Pairs of one large group are not independent: groups count, not pairs.
        let error = (1 / Double(groups)).squareRoot()
        guard correlation > telling, correlation > surely * error else { return nil }
        return (
            SharedArms(column: name, distinct: levels, rows: codes.count, groups: groups, divided: divided), correlation
        )
    }
}
