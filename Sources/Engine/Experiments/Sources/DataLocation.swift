import Foundation
import Runtime
import Texts
import Warehouses

/// What a data path names: a file of text that we read ourselves, or rows that an engine reads for us.
///
/// A pattern (`units/*.parquet`) names all the Parquet files that match it, a path that goes on behind a DuckDB database
/// (`warehouse.duckdb/units`, `warehouse.duckdb/(SELECT ...)`) a table in it, or what a query gives, and so does one that goes on
/// behind # after a server's address (`postgresql://host/shop#units`).
enum DataLocation: Sendable, Equatable {
    /// CSV, TSV or JSON lines, plain or gzip; also what is not there, which is found out when it is opened.
    case text(String)
    /// Parquet files, in the order of their names.
    case parquet([String])
    /// A DuckDB database and the table, or the query in parentheses, whose rows are wanted; nil where none is named.
    case database(String, relation: String?)
    /// A server's address and the table, or the query in parentheses.
    case server(EngineKind, uri: String, relation: String)

    /// - Throws: `EspalierError(.noInput)` for a pattern that no file matches, `.data` for one that matches other files than
    ///   Parquet's.
    init(_ path: String) throws {
        if path == StandardInput.name {
            self = .text(path)
        } else if let engine = ServerAddress.engine(of: path) {
            let parts = path.split(separator: "#", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw EspalierError(
                    .data, "no table of the server is named", file: path,
                    remedy: "write table: or query: beside uri: in a spec")
            }
            self = .server(engine, uri: parts[0], relation: parts[1])
        } else if let format = FileFormat(path) {
            self.init(path, format)
        } else if let (database, relation) = Self.insideDatabase(path) {
            self = .database(database, relation: relation)
        } else if path.contains(where: { "*?[".contains($0) }) {
            self = .parquet(try Self.matches(of: path))
        } else {
            self = .text(path)
        }
    }

    private init(_ path: String, _ format: FileFormat) {
        switch format {
        case .text: self = .text(path)
        case .parquet: self = .parquet([path])
        case .database: self = .database(path, relation: nil)
        }
    }

    /// The files whose bytes are the data.
    var files: [String] {
        switch self {
        case .text(let path): [path]
        case .parquet(let paths): paths
        case .database(let path, _): [path]
        case .server: []
        }
    }

    /// The place and the name that what is made of the data gets: the folder they stand in, and their name without endings.
    static func home(of path: String) -> (folder: String, name: String) {
        if ServerAddress.engine(of: path) != nil {
            let relation = path.split(separator: "#", maxSplits: 1).last.map(String.init) ?? ""
            return ("", relation.hasPrefix("(") ? "query" : relation)
        }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if let (database, relation) = insideDatabase(path) {
            let name = relation.hasPrefix("(") ? stem(database) : relation
            return (DataFile.folder(ofFile: database), name)
        }
        if FileFormat(path) == nil, path.contains(where: { "*?[".contains($0) }) {
            // The folder of a pattern names what the pattern does not.
            while let last = parts.last, last.contains(where: { "*?[".contains($0) }) { parts.removeLast() }
            let folder = parts.joined(separator: "/")
            return (folder, parts.last.map { stem($0) } ?? "")
        }
        return (DataFile.folder(ofFile: path), stem(path))
    }

    private static func stem(_ path: String) -> String {
        String((path.split(separator: "/").last ?? "").prefix { $0 != "." })
    }

    /// The database in front of a path that goes on behind it, and what comes behind.
    private static func insideDatabase(_ path: String) -> (String, String)? {
        for index in path.indices where path[index] == "/" && index != path.startIndex {
            let front = String(path[..<index])
            guard FileFormat(front) == .database else { continue }
            let rest = String(path[path.index(after: index)...])
            return rest.isEmpty ? nil : (front, rest)
        }
        return nil
    }

    private static func matches(of pattern: String) throws -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else {
            throw EspalierError(.noInput, "no file matches this pattern", file: pattern, remedy: "check the path")
        }
        let paths = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        // By bytes, whatever the locale.
        let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if let other = sorted.first(where: { FileFormat($0) != .parquet }) {
            throw EspalierError(
                .data, "the pattern \(DisplayText.quoted(pattern)) matches this, which is no Parquet file", file: other,
                remedy: "write a pattern of Parquet files only, such as units/*.parquet")
        }
        return sorted
    }
}
