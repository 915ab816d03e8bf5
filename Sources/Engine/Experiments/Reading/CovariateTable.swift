import Runtime
import Texts

/// New units to be scored: their ids, and their covariates encoded as an experiment or policy encoded its own.
package struct CovariateTable: Sendable {
    package let ids: UnitIds
    /// One column per encoding asked for, in that order; unknown levels and missing values are NaN.
    package let covariates: [Covariate]
    /// The extra columns asked for, by name, in their own unit.
    package let extras: [String: [Double]]

    package var count: Int { ids.keys.count }

    /// Reads covariates (and further numeric columns, such as supplied effects) of a data file.
    /// - Throws: `EspalierError(.data)` that names a missing column, or the line of a text among numbers, of a number too
    ///   large, or of an extra that is missing; `.noInput`; `CancellationError`.
    package static func read(
        _ path: String, unit: UnitIdentity, encodings: [(name: String, encoding: CovariateEncoding)],
        extras: [String] = [], context: RunContext = RunContext()
    ) throws -> CovariateTable {
        var reader = TableReader(path: path)
        if case .column(let column) = unit { try reader.want(column, .identity, for: "unit") }
        for (name, encoding) in encodings {
            switch encoding {
            case .numeric: try reader.want(name, .number, for: "covariate")
            case .categorical: try reader.want(name, .text, for: "covariate")
            }
        }
        for name in extras { try reader.want(name, .number, for: "supplied effect") }
        let table = try reader.read(context: context)
        let unitColumn: String? = if case .column(let column) = unit { column } else { nil }
        return CovariateTable(
            ids: UnitIds(table: table, column: unitColumn),
            covariates: try encodings.map { try encode($0.name, $0.encoding, table: table, file: path) },
            extras: try Dictionary(extras.map { ($0, try extra($0, table: table, file: path)) }) { first, _ in first })
    }

    private static func encode(
        _ name: String, _ encoding: CovariateEncoding, table: Table, file: String
    ) throws -> Covariate {
        if case .levels(let codes, let names)? = table[name] {
            return Covariate(name: name, encoding: encoding, values: encoding.encode(codes: codes, names: names))
        }
        let values = encoding.encode(numbers: table.numbers(name))
        if let record = values.firstIndex(where: \.isInfinite) {
            throw EspalierError(
                .data, "the covariate \(DisplayText.quoted(name)) holds a number too large to compute with", file: file,
                line: table.lines.line(of: record), remedy: "check it, or leave it empty if it is missing")
        }
        return Covariate(name: name, encoding: encoding, values: values)
    }

    private static func extra(_ name: String, table: Table, file: String) throws -> [Double] {
        let values = table.numbers(name)
        if let record = values.firstIndex(where: \.isNaN) {
            throw EspalierError(
                .data, "the supplied effect \(DisplayText.quoted(name)) is missing here", file: file,
                line: table.lines.line(of: record), remedy: "every unit needs an effect")
        }
        return values
    }
}
