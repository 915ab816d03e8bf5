import Runtime
import Texts
import Warehouses

/// Units of a warehouse that are read into memory to stand for all of it: those whose digest of (seed, id) is below a limit, so that
/// the same are read every time and in every engine.
package struct SampleSpec: Sendable, Equatable, Codable {
    /// Where all units are.
    package let engine: EngineKind
    /// How many are wanted, about; all where there are no more.
    package let units: Int

    /// What learners are fitted on where the spec says no number.
    package static let standardSize = 1_000_000

    package init(engine: EngineKind, units: Int) {
        self.engine = engine
        self.units = units
    }

    /// What every output repeats beside numbers of a sample.
    /// - Parameter population: rows in the engine.
    package func caveat(units: Int, population: Int) -> String {
        "estimates are of a sample of \(HealthText.count(units, "unit")) of \(HealthText.count(population, "row")) in "
            + "\(engine.title); `evaluate --all-units` asks the engine for those of all"
    }
}

/// The rows of a sample, as SQL tells them.
struct SampledRows: Sendable {
    private let size: Int
    private let seed: UInt64
    /// The column of the units' ids, or of their clusters', which are drawn as a whole.
    private let column: String

    /// nil where all rows are read.
    init?(_ spec: ExperimentSpec) {
        guard let sample = spec.sample, case .column(let unit) = spec.unit else { return nil }
        size = sample.units
        seed = spec.splits.seed
        column = spec.cluster ?? unit
    }

    /// What stands behind FROM for the rows of the sample.
    /// - Parameter rowCount: of all rows.
    /// - Throws: `EspalierError(.data)` for a column that is not there or holds no ids.
    func relation(of table: EngineTable, rowCount: Int, file: String) throws -> String {
        guard rowCount > size else { return table.relation }
        guard let ids = table[column] else {
            throw EspalierError(
                .data, "there is no column \(DisplayText.quoted(column)) to draw the sample by", file: file,
                remedy: NearestName.hint(column, among: table.columns.map(\.name)) ?? "correct the spec")
        }
        let dialect = table.connection.dialect
        let limit = String(UInt64((Double(size) / Double(rowCount) * 0x1p32).rounded(.up)), radix: 16)
        let digits = String(repeating: "0", count: max(0, 8 - limit.count)) + limit
        // Salted, so that who is sampled tells nothing of the splits.
        let text = dialect.concatenation(
            dialect.literal("\(seed):sample:"), try ids.identity(dialect, for: "unit", file: file))
        let word = "substr(\(dialect.digest(text)), 1, 8)"
        return "(SELECT * FROM \(table.relation) AS source WHERE \(dialect.precedes(word, digits))) AS sampled"
    }
}
