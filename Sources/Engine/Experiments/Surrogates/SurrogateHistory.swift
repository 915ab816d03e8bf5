import Runtime
import Texts

/// Units of the past of whom both the long-term outcome and its surrogates are known.
package struct SurrogateHistory: Sendable {
    /// Of the columns, surrogates and then covariates.
    package let names: [String]
    /// By column, one value a unit.
    package let columns: [[Double]]
    /// The long-term outcome.
    package let outcome: [Double]
    /// The arms of a past experiment, control first; empty where the history is none.
    package let armNames: [String]
    /// Index into `armNames`, by unit; empty where the history is no experiment.
    package let arms: [Int]

    package var count: Int { outcome.count }

    /// Units are put in an order that their values decide, so that sums do not depend on that of the rows.
    package init(
        names: [String], columns: [[Double]], outcome: [Double], armNames: [String] = [], arms: [Int] = []
    ) {
        precondition(columns.count == names.count && columns.allSatisfy { $0.count == outcome.count })
        precondition(arms.isEmpty == armNames.isEmpty && (arms.isEmpty || arms.count == outcome.count))
        let order = outcome.indices.sorted { a, b in
            if outcome[a] != outcome[b] { return outcome[a] < outcome[b] }
            if let column = columns.first(where: { $0[a] != $0[b] }) { return column[a] < column[b] }
            return !arms.isEmpty && arms[a] < arms[b]
        }
        self.names = names
        self.columns = columns.map { column in order.map { column[$0] } }
        self.outcome = order.map { outcome[$0] }
        self.armNames = armNames
        self.arms = arms.isEmpty ? [] : order.map { arms[$0] }
    }

    /// The same with some of the columns.
    package func keeping(_ wanted: [String]) -> SurrogateHistory {
        let kept = names.indices.filter { wanted.contains(names[$0]) }
        return SurrogateHistory(
            names: kept.map { names[$0] }, columns: kept.map { columns[$0] }, outcome: outcome, armNames: armNames,
            arms: arms)
    }

    /// - Parameters:
    ///   - folder: of the spec.
    ///   - control: of the spec, which is that of the history unless the surrogate names another.
    /// - Throws: `EspalierError` (.noInput) for a file that cannot be opened; (.data) for a column that it lacks, for values that
    ///   are missing, with their line, and for arms without control; `CancellationError`.
    package static func read(
        _ spec: SurrogateSpec, folder: String, control: String, context: RunContext = RunContext()
    ) throws -> SurrogateHistory {
        let path = DataFile.path(spec.history, inFolder: folder)
        let header = try TableReader.header(of: path)
        var reader = TableReader(path: path)
        for column in spec.columns { try reader.want(column, .number, for: "surrogate") }
        for column in spec.covariates { try reader.want(column, .number, for: "covariate of the index") }
        try reader.want(spec.outcome, .number, for: "long-term outcome")
        let arm = spec.arm ?? (header.contains(SurrogateSpec.usualArm) ? SurrogateSpec.usualArm : nil)
        if let arm { try reader.want(arm, .label, for: "arm") }
        let table = try reader.read(context: context)
        for name in spec.regressors + [spec.outcome] {
            if let record = table.numbers(name).firstIndex(where: { !$0.isFinite }) {
                throw EspalierError(
                    .data, "the history has no \(DisplayText.quoted(name)) here", file: path,
                    line: table.lines.line(of: record), remedy: "leave out the units of whom not everything is known")
            }
        }
        let (names, arms) =
            try arm.map { try Self.arms(of: table, $0, control: spec.control ?? control, path) } ?? ([], [])
        return SurrogateHistory(
            names: spec.regressors, columns: spec.regressors.map { table.numbers($0) },
            outcome: table.numbers(spec.outcome), armNames: names, arms: arms)
    }

    private static func arms(
        of table: Table, _ column: String, control: String, _ path: String
    ) throws -> (names: [String], arms: [Int]) {
        guard case .levels(let codes, let labels)? = table[column] else { return ([], []) }
        if let record = codes.firstIndex(of: -1) {
            throw EspalierError(
                .data, "the history's column of arms, \(DisplayText.quoted(column)), is empty here", file: path,
                line: table.lines.line(of: record), remedy: "give every unit its arm, or rename the column")
        }
        guard labels.contains(control), labels.count > 1 else {
            throw EspalierError(
                .data,
                labels.count > 1
                    ? "no unit of the history has the control \(DisplayText.quoted(control)) in \(DisplayText.quoted(column))"
                    : "all units of the history have one arm in \(DisplayText.quoted(column))",
                file: path,
                remedy: "name the control of the past experiment with control: in surrogate, or rename the column")
        }
        let names = [control] + labels.filter { $0 != control }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = labels.map { names.firstIndex(of: $0) ?? 0 }
        return (names, codes.map { places[Int($0)] })
    }
}
