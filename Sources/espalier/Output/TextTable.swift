import Experiments
import Texts

/// A small result as an aligned table or as CSV.
struct TextTable {
    let header: [String]
    /// Names of the columns in CSV; nil makes them of the headings.
    let columns: [String]?
    var rows: [[String]] = []
    /// Columns aligned to the left; the others hold numbers.
    let textColumns: Set<Int>

    init(_ header: [String], columns: [String]? = nil, textColumns: Set<Int> = [0]) {
        self.header = header
        self.columns = columns
        self.textColumns = textColumns
    }

    func text(_ format: FormatOption.Format) -> String {
        format == .csv ? csv : aligned
    }

    private var aligned: String {
        // Texts of the data must neither move the cursor nor break a row.
        let all = ([header] + rows).map { $0.map(DisplayText.escaped) }
        let widths = header.indices.map { column in all.map { TextWidth.width(of: $0[column]) }.max() ?? 0 }
        return all.map { row in
            let cells = row.indices.map { column in
                let pad = String(repeating: " ", count: widths[column] - TextWidth.width(of: row[column]))
                return textColumns.contains(column) ? row[column] + pad : pad + row[column]
            }
            var line = cells.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private var csv: String {
        let style = OutputStyle.current
        return ([columns ?? ColumnNames.unique(header)] + rows).map { row in
            row.map { style.field($0) }.joined(separator: ",") + "\n"
        }.joined()
    }
}

/// Numbers in tables: six significant digits, empty in CSV where there is none.
func cell(_ value: Double?, _ format: FormatOption.Format) -> String {
    guard let value else { return format == .csv ? "" : "-" }
    return format == .csv ? "\(value)" : NumberText.string(value, .significant(6))
}
