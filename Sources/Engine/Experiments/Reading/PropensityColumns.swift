import Runtime
import Texts

/// The propensities that the spec declares, checked against the data.
struct PropensityColumns {
    private enum Source {
        case shares([Double])
        case columns([[Double]])
    }

    private let source: Source

    /// A smaller probability weighs its unit more than a million times, and is a mistake.
    private static let least = 1e-6

    /// - Parameter arms: canonical order; the spec's shares and columns are in the order of its own list of arms.
    /// - Parameter isKept: whether a record has one of the arms; the others do not count.
    /// - Throws: `EspalierError(.data)` with the line of the first propensity that is missing or not in [1e-6, 1), or of the
    ///   first row whose propensities do not sum to 1 within 1e-6.
    init(
        treatment: TreatmentSpec, arms: [String], table: Table, file: String, isKept: (Int) -> Bool
    ) throws {
        let declared = treatment.arms ?? arms
        func canonical<Value>(_ values: [Value]) -> [Value] {
            arms.compactMap { arm in declared.firstIndex(of: arm).map { values[$0] } }
        }
        switch treatment.assignment {
        case .equalShares, .estimated:
            source = .shares(Array(repeating: 1 / Double(arms.count), count: arms.count))
        case .shares(let shares):
            let total = shares.reduce(0, +)
            if let index = shares.firstIndex(where: { $0 / total < Self.least }) {
                throw EspalierError(
                    .data, "the planned share of \(DisplayText.quoted(declared[index])) is \(shares[index] / total)",
                    file: file, remedy: "every arm needs a share of at least \(Self.least)")
            }
            source = .shares(canonical(shares).map { $0 / total })
        case .propensities(let names):
            let columns = names.map { table.numbers($0) }
            func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
                EspalierError(.data, message, file: file, line: table.lines.line(of: record), remedy: remedy)
            }
            for record in 0..<table.recordCount where isKept(record) {
                var sum = 0.0
                for (name, column) in zip(names, columns) {
                    let value = column[record]
                    guard value >= Self.least, value < 1 else {
                        throw error(
                            "the propensity \(DisplayText.quoted(name)) is \(value.isNaN ? "missing" : "\(value)") here",
                            record,
                            "every arm needs a probability above \(value > 0 && value < Self.least ? "1e-6" : "0") and below 1"
                        )
                    }
                    sum += value
                }
                guard abs(sum - 1) <= 1e-6 else {
                    throw error(
                        "the propensities sum to \(sum) here", record,
                        "give each arm's probability so that they sum to 1")
                }
            }
            source = .columns(canonical(columns))
        }
    }

    func propensity(_ order: CanonicalOrder) -> Propensity {
        switch source {
        case .shares(let shares): .shares(shares)
        case .columns(let columns): .columns(columns.map { order.gather($0).map { Float($0) } })
        }
    }
}
