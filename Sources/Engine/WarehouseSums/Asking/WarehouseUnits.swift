import Experiments
import Runtime
import Warehouses

/// All units of an experiment in its engine, of which a study holds a sample: each with its own columns, and beside them its arm, its
/// part and its outcomes as the study stores them.
package struct WarehouseUnits: Sendable {
    /// An outcome less its centre, by its scale, is how the study stores it.
    package struct StoredOutcome: Sendable {
        let centre: Double
        let scale: Double

        package init(centre: Double, scale: Double) {
            self.centre = centre
            self.scale = scale
        }
    }

    private let rows: UnitRows
    private let arms: [String]
    private let outcomes: [StoredOutcome]
    package let unitColumn: String

    /// - Parameters:
    ///   - spec: of the experiment, with the engine that all units are in.
    ///   - arms: control first.
    ///   - outcomes: one for each of the spec's.
    ///   - log: is told each question.
    /// - Throws: `EspalierError`: what is wrong with the engine or its rows, `.usage` for what cannot be summed there.
    package init(
        _ spec: ExperimentSpec, folder: String, arms: [String], outcomes: [StoredOutcome], log: QueryLog? = nil,
        context: RunContext
    ) throws {
        let file = DataFile.path(spec.data, inFolder: folder)
        guard case .column(let column) = spec.unit else { throw UnsupportedSpec.rowsAsUnits(file) }
        guard
            let table = try EngineTable(
                file, threads: context.workers.count, log: log, cancellation: context.cancellation)
        else { throw UnsupportedSpec.texts(file) }
        var rows = try UnitRows(spec, table: table, file: file)
        if spec.outcomes.contains(where: { $0.winsorize != nil }) || !rows.ratios.isEmpty {
            let counts = try RowCounts(rows, cancellation: context.cancellation)
            try WholeOutcomes(counts, arms: arms).tell(&rows, arms: arms, context.cancellation)
        }
        self.rows = rows
        self.arms = arms
        self.outcomes = outcomes
        unitColumn = column
    }

    package var dialect: SQLDialect { rows.dialect }

    private static let (arm, part, raw) = ("espalier_w", "espalier_g", "espalier_raw_")
    private var values: [String] { outcomes.indices.map { "espalier_y\($0)" } }

    /// The columns of `relation` that sums are taken of.
    package var columns: [String] { [Self.arm, Self.part] + values }

    /// The units as they stand behind FROM.
    package var relation: String {
        let missing = rows.outcomeIsMissing.enumerated().map { "(\($1)) AS espalier_d\($0)" }
        let read =
            ["source.*", "\(rows.arm) AS espalier_arm", "\(rows.digest) AS espalier_m"]
            + rows.outcomes.enumerated().map { "\($1) AS \(Self.raw)y\($0)" }
            + rows.denominators.enumerated().compactMap { index, own in own.map { "\($0) AS \(Self.raw)z\(index)" } }
            + missing
        let branches = arms.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
        let stored = outcomes.enumerated().map { index, outcome in
            let centre = dialect.literal(outcome.centre)
            let value = "(\(rows.outcome(index, prefix: Self.raw)) - (\(centre))) / (\(dialect.literal(outcome.scale)))"
            return "\(dialect.double(dialect.real(value))) AS \(values[index])"
        }
        let made =
            ["k.*", "CASE espalier_arm \(branches.joined(separator: " ")) END AS \(Self.arm)"]
            + ["\(rows.part(of: "espalier_m")) AS \(Self.part)"] + stored
        let dropping = rows.spec.outcomes.indices.filter { rows.spec.outcomes[$0].missing == .drop }
        let conditions =
            ["espalier_arm IN (\(arms.map { dialect.literal($0) }.joined(separator: ", ")))"]
            + dropping.map { "NOT espalier_d\($0)" }
        return "(SELECT \(made.joined(separator: ", ")) FROM (SELECT \(read.joined(separator: ", ")) "
            + "FROM \(rows.table.relation) AS source) k WHERE \(conditions.joined(separator: " AND ")))"
    }

    /// A covariate's value as a study stores it: a double, or a level's text.
    package func value(of covariate: Int, as encoding: CovariateEncoding) -> String {
        CovariateBins(encoding: encoding, code: BinCode(levelCount: 0)).stored(rows.covariates[covariate], dialect)
    }

    /// The sample of tune units that bins and scales are made of, the same as at the fit.
    /// - Throws: what reading them throws; `CancellationError`.
    package func sample(tuneCount: Int, folder: String, context: RunContext) throws -> Experiment {
        try SampleReading(
            rows, arms: arms, limit: SplitRule(rows.spec.splits).sampleLimit(tuneCount: tuneCount), folder: folder
        ).read(context).experiment
    }

    /// The sums of cells by part and arm, with the products of outcomes.
    /// - Parameters:
    ///   - query: of `espalier_cell`, from 0 on, and `columns`.
    ///   - cellCount: cells there are.
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: one pass over the units in the engine.
    package func sums(of query: String, cellCount: Int, context: RunContext) throws -> CellSums {
        let pairs = outcomes.indices.flatMap { j in (0...j).map { (j, $0) } }
        let numbers = values.map { "sum(\($0))" } + pairs.map { "sum(\(values[$0.0]) * \(values[$0.1]))" }
        let keys = ["espalier_cell", Self.part, Self.arm]
        let answer = try rows.table.connection.ask(
            "SELECT \((keys + ["count(*)"] + numbers).joined(separator: ", ")) FROM (\(query)) AS units "
                + "GROUP BY \(keys.joined(separator: ", "))",
            Array(repeating: .integer, count: keys.count + 1) + numbers.map { _ in .double },
            cancellation: context.cancellation)
        let cells = answer[0].integers
        return CellSums(
            answer, leading: 1, armCount: arms.count, outcomeCount: outcomes.count, cellCount: cellCount
        ) { row in cells[row].flatMap { (0..<cellCount).contains($0) ? $0 : nil } }
    }
}
