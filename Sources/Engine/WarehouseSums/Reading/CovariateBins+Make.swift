import Effects
import Experiments
import Runtime
import Warehouses

extension CovariateBins {
    /// The bins of every covariate: edges of numeric ones are cut in the sample by our own code, which is the same wherever the
    /// units are; levels are counted over all units.
    /// - Throws: `EspalierError`; `CancellationError`.
    static func make(
        _ sample: Experiment, _ rows: UnitRows, arms: [String], _ cancellation: Cancellation
    ) throws -> [CovariateBins] {
        let levels = try Self.levels(rows, arms: arms, cancellation)
        return sample.covariates.enumerated().map { index, covariate in
            if let own = levels[index] {
                let encoding = CovariateEncoding.categorical(names: own.names, counts: own.counts)
                guard case .categorical(let kept) = encoding else { return CovariateBins(covariate) }
                return CovariateBins(encoding: encoding, code: BinCode(levelCount: kept.count))
            }
            return CovariateBins(covariate)
        }
    }

    private init(_ covariate: Covariate) {
        self.init(
            encoding: covariate.encoding,
            code: BinCode(quantilesOf: covariate.values, maximumBins: BinnedCovariates.warehouseBins))
    }

    /// The levels of each categorical covariate with their units.
    private static func levels(
        _ rows: UnitRows, arms: [String], _ cancellation: Cancellation
    ) throws -> [Int: (names: [String], counts: [Int])] {
        let wanted = rows.isCategorical.indices.filter { rows.isCategorical[$0] }
        guard !wanted.isEmpty else { return [:] }
        let units = "WITH q AS (SELECT * FROM (\(rows.rows)) r WHERE \(rows.isKept(arms))) "
        let questions = wanted.map {
            "SELECT \($0), x\($0), count(*) FROM q WHERE x\($0) IS NOT NULL GROUP BY x\($0)"
        }
        let answer = try rows.table.connection.ask(
            units + questions.joined(separator: " UNION ALL "), [.integer, .text, .integer], cancellation: cancellation)
        var levels = Dictionary(uniqueKeysWithValues: wanted.map { ($0, (names: [String](), counts: [Int]())) })
        for row in 0..<answer.rowCount {
            guard let covariate = answer[0].integers[row], let name = answer[1].texts[row],
                !MissingText.matches(name)
            else { continue }
            levels[covariate]?.names.append(name)
            levels[covariate]?.counts.append(answer[2].integers[row] ?? 0)
        }
        return levels
    }
}
