import Runtime
import Texts

/// New units to be scored: their ids, and their covariates encoded as an experiment or policy encoded its own.
package struct CovariateTable: Sendable {
    package let ids: UnitIds
    /// What every split and draw is a function of, by the rule of the source: units of one cluster go together.
    package let splitKeys: [UInt64]
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
        let source = CovariateSource(
            path: path, unit: unit,
            covariates: encodings.map { CovariateSource.Column(name: $0.name, encoding: $0.encoding) }, extras: extras)
        var parts: [CovariateTable] = []
        _ = try source.stream(context: context) { parts.append($0) }
        guard parts.count != 1 else { return parts[0] }
        return CovariateTable(
            ids: UnitIds(texts: parts.flatMap(\.ids.texts), keys: parts.flatMap(\.ids.keys)),
            splitKeys: parts.flatMap(\.splitKeys),
            covariates: encodings.indices.map { index in
                Covariate(
                    name: encodings[index].name, encoding: encodings[index].encoding,
                    values: parts.flatMap { $0.covariates[index].values })
            },
            extras: Dictionary(extras.map { name in (name, parts.flatMap { $0.extras[name] ?? [] }) }) { first, _ in
                first
            })
    }
}
