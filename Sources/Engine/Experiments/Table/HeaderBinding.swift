import Foundation
import Runtime
import Texts

/// The columns of a data file by name.
struct HeaderBinding {
    let names: [String]
    private let indices: [String: Int]
    /// Of the header; nil where there is none.
    private let line: Int?
    private let path: String
    private let delimiter: UInt8

    /// - Throws: `EspalierError(.data)` for names that are not UTF-8 or not distinct (nameless columns aside: nobody can ask
    ///   for them).
    init(names: [String], isUTF8: Bool, line: Int?, delimiter: UInt8, path: String) throws {
        guard isUTF8 else {
            throw EspalierError(
                .data, "the header is not valid UTF-8", file: path, line: line, remedy: "save the file in UTF-8")
        }
        if let first = names.first, names.count <= 2, first.lowercased().hasPrefix("sep=") {
            throw EspalierError(
                .data,
                "the first line, \(DisplayText.quoted(first + (names.count > 1 ? "," : ""))), tells a spreadsheet the separator "
                    + "and is no header", file: path, line: line,
                remedy:
                    "remove that line, and part the columns by \(delimiter == UInt8(ascii: "\t") ? "tabs" : "commas")")
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
            remedy: separatorHint ?? NearestName.hint(request.name, among: names)
                ?? (names.count == 1 && line != nil
                    ? "the first line, \(listing), must hold the columns' names"
                    : names.count == indices.count
                        && Set(names.map { $0.lowercased() }).contains(request.name.lowercased())
                        ? "write the name as the header does: the columns are \(listing)"
                        : "the columns are \(listing)"))
    }

    /// A header in which another separator parts more names than this one was probably written with that.
    private var separatorHint: String? {
        Self.separatorHint(names, delimiter: delimiter).map { hint in
            "the columns seem to be separated by \(DisplayText.quoted(hint.separator)); \(hint.remedy)"
        }
    }

    /// The separator that a header seems to have been written with instead, and what to do.
    static func separatorHint(_ names: [String], delimiter: UInt8) -> (separator: String, remedy: String)? {
        guard names.count <= 2 else { return nil }
        let counts = [",", ";", "\t", "|"].map { mark in
            (mark, names.reduce(0) { $0 + $1.components(separatedBy: mark).count - 1 })
        }
        guard let other = counts.max(by: { $0.1 < $1.1 }), other.1 >= names.count else { return nil }
        let wanted = delimiter == UInt8(ascii: "\t") ? "a .tsv file needs tabs" : "a CSV file needs commas"
        return (other.0, wanted + (other.0 == "\t" ? " (name a file with tabs .tsv)" : ""))
    }

    private var listing: String {
        let shown = names.prefix(12).map { DisplayText.quoted($0) }.joined(separator: ", ")
        return names.count > 12 ? shown + " and \(names.count - 12) more" : shown
    }
}
