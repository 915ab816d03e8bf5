import Runtime
import Texts

/// The columns of a data file by name.
struct HeaderBinding {
    let names: [String]
    private let indices: [String: Int]
    private let line: Int
    private let path: String
    private let delimiter: UInt8

    /// - Throws: `EspalierError(.data)` for names that are not UTF-8 or not distinct (nameless columns aside: nobody can ask
    ///   for them).
    init(names: [String], isUTF8: Bool, line: Int, delimiter: UInt8, path: String) throws {
        guard isUTF8 else {
            throw EspalierError(
                .data, "the header is not valid UTF-8", file: path, line: line, remedy: "save the file in UTF-8")
        }
        var indices: [String: Int] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty {
            if let earlier = indices.updateValue(index, forKey: name) {
                throw EspalierError(
                    .data, "columns \(earlier + 1) and \(index + 1) are both named \(DisplayText.quoted(name))",
                    file: path,
                    line: line, remedy: "rename one of them")
            }
        }
        self.names = names
        self.indices = indices
        self.line = line
        self.path = path
        self.delimiter = delimiter
    }

    /// Where the wanted column is.
    /// - Throws: `EspalierError(.data)` that names the nearest column when there is none of this name.
    func index(of request: ColumnRequest) throws -> Int {
        if let index = indices[request.name] { return index }
        throw EspalierError(
            .data, "there is no column \(DisplayText.quoted(request.name)) for the \(request.purpose)", file: path,
            line: line,
            remedy: separatorHint ?? NearestName.hint(request.name, among: names) ?? "the columns are \(listing)")
    }

    /// A header of one column that holds another separator was probably written with that one.
    private var separatorHint: String? {
        guard names.count == 1, let other = [",", ";", "\t", "|"].first(where: { names[0].contains($0) }) else {
            return nil
        }
        return "the columns seem to be separated by \(DisplayText.quoted(other)); "
            + (delimiter == UInt8(ascii: "\t") ? "a .tsv file needs tabs" : "a CSV file needs commas")
            + (other == "\t" ? " (name a file with tabs .tsv)" : "")
    }

    private var listing: String {
        let shown = names.prefix(12).map { DisplayText.quoted($0) }.joined(separator: ", ")
        return names.count > 12 ? shown + " and \(names.count - 12) more" : shown
    }
}
