import Runtime
import Texts

/// A data file of new units, read some thousands at a time, so that memory does not grow with it.
package struct CovariateSource: Sendable {
    /// A covariate, as the experiment or policy encoded it and as its values were written there.
    package struct Column: Sendable {
        package let name: String
        package let encoding: CovariateEncoding
        package let text: TextFormat?

        package init(name: String, encoding: CovariateEncoding, text: TextFormat? = nil) {
            self.name = name
            self.encoding = encoding
            self.text = text
        }
    }

    private let path: String
    private let unit: UnitIdentity
    private let cluster: String?
    private let splits: SplitRule?
    private let covariates: [Column]
    private let extras: [String]
    private let refusesUnknownLevels: Bool

    /// - Parameters:
    ///   - path: a data file, or `-` for standard input.
    ///   - cluster: column of the units' clusters, where splits are by them.
    ///   - splits: the rule of splits and draws; nil is by `StableHash` keys.
    ///   - extras: further columns of numbers that every unit must have.
    ///   - refusesUnknownLevels: whether a level that the encoding lacks is an error, rather than missing.
    package init(
        path: String, unit: UnitIdentity, cluster: String? = nil, splits: SplitRule? = nil, covariates: [Column],
        extras: [String] = [], refusesUnknownLevels: Bool = false
    ) {
        self.path = path
        self.unit = unit
        self.cluster = cluster
        self.splits = splits
        self.covariates = covariates
        self.extras = extras
        self.refusesUnknownLevels = refusesUnknownLevels
    }

    /// Reads the file once and hands its units over in the order of its records.
    /// - Returns: what was read otherwise than it stands.
    /// - Throws: `EspalierError(.data)` that names a missing column, or the line of a text among numbers, of a number too
    ///   large, of an unknown level that is refused, or of an extra that is missing; `.noInput`; `CancellationError`; what
    ///   `each` throws.
    package func stream(
        context: RunContext = RunContext(), each: (CovariateTable) throws -> Void
    ) throws -> CovariateNotes {
        var reader = TableReader(path: path)
        let unitColumn: String? = if case .column(let column) = unit { column } else { nil }
        if let unitColumn { try reader.want(unitColumn, .identity, for: "unit") }
        if let cluster { try reader.want(cluster, splits?.hash == .md5 ? .identity : .key, for: "cluster") }
        for column in covariates {
            let reading: ColumnReading = if case .numeric = column.encoding { .number } else { .text }
            try reader.want(column.name, reading, for: "covariate", text: column.text, isOfPolicy: true)
        }
        for name in extras { try reader.want(name, .number, for: "supplied effect") }
        var unknown = covariates.map { _ in CovariateNotes.UnknownLevels() }
        var unitCount = 0
        let texts = try reader.stream(context: context) { table in
            let encoded = try covariates.indices.map { index in
                try encode(covariates[index], table, unknown: &unknown[index])
            }
            let ids = UnitIds(table: table, column: unitColumn)
            try each(
                CovariateTable(
                    ids: ids, splitKeys: splitKeys(ids, table), covariates: encoded,
                    extras: try Dictionary(extras.map { ($0, try extra($0, table)) }) { first, _ in first }))
            unitCount += table.recordCount
        }
        return CovariateNotes(covariates, unknown: unknown, texts: texts, unitCount: unitCount)
    }

    private func splitKeys(_ ids: UnitIds, _ table: Table) -> [UInt64] {
        guard let splits, splits.hash == .md5 else { return cluster.flatMap { table.keys($0) } ?? ids.keys }
        return splits.keys(of: cluster.flatMap { table.identities($0) } ?? ids.texts)
    }

    private func encode(
        _ column: Column, _ table: Table, unknown: inout CovariateNotes.UnknownLevels
    ) throws -> Covariate {
        let encoding = column.encoding
        if case .levels(let codes, let names)? = table[column.name] {
            let values = encoding.encode(codes: codes, names: names)
            if let found = unknown.count(codes, names, values) {
                guard !refusesUnknownLevels else {
                    throw EspalierError(
                        .data,
                        "the covariate \(DisplayText.quoted(column.name)) has the level \(DisplayText.quoted(found.text)) "
                            + "that the policy does not know", file: path, line: table.line(of: found.record),
                        remedy: CovariateNotes.hint(found.text, encoding) ?? "correct it, or let it count as missing")
                }
            }
            return Covariate(name: column.name, encoding: encoding, values: values)
        }
        let values = encoding.encode(numbers: table.numbers(column.name))
        if let record = values.firstIndex(where: \.isInfinite) {
            throw EspalierError(
                .data, "the covariate \(DisplayText.quoted(column.name)) holds a number too large to compute with",
                file: path, line: table.line(of: record), remedy: "check it, or leave it empty if it is missing")
        }
        return Covariate(name: column.name, encoding: encoding, values: values)
    }

    private func extra(_ name: String, _ table: Table) throws -> [Double] {
        let values = table.numbers(name)
        if let record = values.firstIndex(where: \.isNaN) {
            throw EspalierError(
                .data, "the supplied effect \(DisplayText.quoted(name)) is missing here", file: path,
                line: table.line(of: record), remedy: "every unit needs an effect")
        }
        return values
    }
}
