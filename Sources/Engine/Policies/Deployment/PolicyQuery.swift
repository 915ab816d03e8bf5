import Effects
import Experiments
import Runtime
import Warehouses

/// A whole policy as one query: unit, arm and holdout, as `assign` writes them, for every row of a table.
///
/// In dialects that compute in single precision (`SQLDialect.hasReal`) every number is rounded where the scorer rounds it, and units get
/// the scorer's arms but for utilities that differ by the last bit of a double. Elsewhere sums are in double precision, and arms may
/// differ where utilities agree to about seven digits.
package struct PolicyQuery {
    let document: PolicyDocument
    let dialect: SQLDialect
    private let table: String
    /// The column of the units' ids.
    private let unit: String

    /// - Parameters:
    ///   - table: a table, a view, a function or a query in parentheses, as it stands in SQL.
    ///   - unit: column of the unit's id, where the policy names none.
    /// - Throws: `EspalierError(.usage)` for what cannot be had in SQL, or not in this dialect.
    package init(_ document: PolicyDocument, dialect: SQLDialect, table: String, unit: String? = nil) throws {
        guard let column = unit ?? document.assignment.unit else {
            throw EspalierError(
                .usage, "rows have no ids that SQL could name", remedy: "name the column of the unit's id with --unit")
        }
        guard !table.allSatisfy(\.isWhitespace) else {
            throw EspalierError(.usage, "the table has no name", remedy: "name it with --table")
        }
        if document.assignment.exploration?.period != nil {
            throw EspalierError(
                .usage, "units of the policy draw anew in every period, and a query knows no time",
                remedy: "export it without --period")
        }
        self.document = document
        self.dialect = dialect
        self.table = table
        self.unit = column
    }

    /// - Parameter comment: lines put above, each behind `--`, after the one that names the dialect.
    /// - Throws: as `init`.
    package func text(comment: [String] = []) throws -> String {
        var layers = try chosenLayers(drawing: ownDraws)
        layers.add([.init("held", heldOut)])
        if explores { layers.add([.init("explores", exploring)]) }
        layers.add([.init("given", given)])
        var lines = [dialect.name.title] + comment + notes
        lines = lines.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
        return lines.map { "-- \($0)\n" }.joined() + layers.query(outputs)
    }

    /// All layers up to the arm that the rule gives, before anybody is held out.
    /// - Parameter passed: columns of the table that every layer gives on.
    func chosenLayers(drawing others: [DrawSQL.Draw], passing passed: [String] = []) throws -> QueryLayers {
        var layers = QueryLayers(
            try inputs() + passed.map { .init($0, "t.\($0)") }, of: table, dialect: dialect)
        let chosen: Choice
        switch document.rule {
        case .linear(let rule): chosen = try linear(rule)
        case .cohort(let rule): chosen = cohort(rule)
        case .ranking(let rule): chosen = ranking(rule)
        }
        let key = document.assignment.cluster == nil ? "unit" : "cluster_key"
        let draws = DrawSQL(rule: document.assignment.splitRule, dialect: dialect, key: key)
        guard draws.add(chosen.draws + others, to: &layers) else { throw unhashed }
        for columns in chosen.layers { layers.add(columns) }
        return layers
    }

    /// What gives the arm, before anybody is held out: the last layer has it under `pick`, by its index.
    struct Choice {
        let draws: [DrawSQL.Draw]
        let layers: [[QueryLayers.Column]]
    }

    private var unhashed: EspalierError {
        let rule = document.assignment.splitRule.hash
        let what = "the policy draws units by a hash of their ids that cannot be had in \(dialect.name.title)"
        let others = "write --dialect duckdb, postgresql or spark"
        return EspalierError(
            .usage, what,
            remedy: dialect.hashes && rule == .hash
                ? "fit with splits: {rule: md5}, or \(others)"
                : rule == .md5 ? others + ", snowflake, bigquery or mysql" : others)
    }

    // MARK: Inputs

    /// The column of a covariate: codes of levels, or numbers less their centre.
    static func column(_ covariate: Int) -> String { "z\(covariate)" }
    static func supplied(_ position: Int) -> String { "s\(position)" }

    private func inputs() throws -> [QueryLayers.Column] {
        func own(_ name: String) -> String { "t.\(dialect.identifier(name))" }
        var columns = [QueryLayers.Column("unit", dialect.text(own(unit)))]
        if let cluster = document.assignment.cluster {
            columns.append(.init("cluster_key", dialect.text(own(cluster))))
        }
        for (index, covariate) in document.covariates.enumerated() {
            columns.append(.init(Self.column(index), try encoded(covariate, own(covariate.name))))
        }
        for (position, name) in document.suppliedColumns.enumerated() {
            guard let name else { continue }
            columns.append(.init(Self.supplied(position), dialect.known(dialect.number(column: own(name)))))
        }
        return columns
    }

    private func encoded(_ covariate: PolicyDocument.CovariateEntry, _ column: String) throws -> String {
        switch try covariate.encoding() {
        case .categorical(let levels):
            let branches = levels.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
            return branches.isEmpty
                ? "NULLIF(0, 0)" : "CASE \(dialect.text(column)) \(branches.joined(separator: " ")) END"
        case .numeric(let centre):
            var number = dialect.number(column: column)
            if let format = covariate.text {
                guard format.isPlain else {
                    throw EspalierError(
                        .usage,
                        "the covariate \(covariate.name) is written as texts, which SQL does not read as numbers",
                        remedy: "make numbers of them in a query, and fit on its result")
                }
                let missing = (format.missing ?? []).compactMap(Double.init).filter(\.isFinite)
                for value in missing { number = "NULLIF(\(number), \(dialect.literal(value)))" }
            }
            if centre != 0 { number = "\(number) - \(dialect.operand(centre))" }
            return dialect.known(dialect.hasReal ? dialect.double(dialect.real(number)) : number)
        }
    }

    // MARK: Notes

    private var notes: [String] {
        var notes = ["\(document.name), \(document.provenance.tool); unit and arm of every row, names as in the policy"]
        if !dialect.hasReal, document.rule.kind != .cohort {
            notes.append(
                "Sums are in double precision: arms may differ from `espalier assign` where two are all but equal.")
        }
        // With compilation a query of a megabyte was seen to take forty times as long.
        if dialect.name == .postgresql { notes.append("Before it: SET jit = off;") }
        if dialect.name == .snowflake {
            notes.append(
                "Names are as the policy has them: columns that were made without quotes have capital letters.")
        }
        return notes
    }
}
