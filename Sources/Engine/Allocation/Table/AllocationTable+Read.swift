import Experiments
import Runtime
import Texts

extension AllocationTable {
    /// Reads a CSV or TSV file with the columns cohort, treatment, size, u0, u1, ..., and var0, var1, ... where the variances
    /// of the effects are known; other columns are left alone.
    /// - Throws: `EspalierError`: (.noInput); (.data) with the line for what `init` refuses; `CancellationError`.
    package static func read(_ path: String, context: RunContext = RunContext()) throws -> AllocationTable {
        let header = try TableReader.header(of: path)
        let indices = header.compactMap { number(of: $0, after: "u") }.sorted()
        guard indices.first == 0 else {
            throw EspalierError(
                .data, "there is no column u0 for the objective", file: path, line: 1,
                remedy: "name the effects u0, u1, ...")
        }
        var reader = TableReader(path: path)
        try reader.want("cohort", .label, for: "cohort")
        try reader.want("treatment", .label, for: "treatment")
        try reader.want("size", .number, for: "size")
        for index in indices {
            try reader.want("u\(index)", .number, for: "effect")
            if header.contains("var\(index)") { try reader.want("var\(index)", .number, for: "variance") }
        }
        let table = try reader.read(context: context)
        var rows = Rows(file: path, line: { table.lines.line(of: $0) })
        rows.cohorts = try labels(of: "cohort", in: table, rows)
        rows.treatments = try labels(of: "treatment", in: table, rows)
        rows.sizes = table.numbers("size")
        rows.outcomes = indices.map { ("u\($0)", table.numbers("u\($0)")) }
        rows.variances = indices.map { header.contains("var\($0)") ? table.numbers("var\($0)") : nil }
        return try AllocationTable(rows)
    }

    /// k of a name such as u12.
    private static func number(of name: String, after prefix: String) -> Int? {
        guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), name == "\(prefix)\(number)"
        else { return nil }
        return number >= 0 ? number : nil
    }

    private static func labels(of column: String, in table: Table, _ rows: Rows) throws -> [String] {
        guard case .levels(let codes, let names)? = table[column] else { return [] }
        if let row = codes.firstIndex(of: -1) { throw rows.error("the \(column) is missing", row: row, "name it") }
        return codes.map { names[Int($0)] }
    }
}
