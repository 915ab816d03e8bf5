import Texts
import Warehouses

/// What a spec says of a file that an engine reads: `{file: warehouse.duckdb, table: units}`, or `query` instead of a table. With
/// `engine: duckdb` the units stay there, and the engine is asked for sums.
enum DataRelation {
    static let keys = ["engine", "table", "query", "uri", "sample"]

    /// - Throws: for an unknown engine.
    static func engine(_ keys: SpecMapping) throws -> EngineKind? { try keys["engine"]?.choice(EngineKind.self) }

    /// The data path of a file and what is named in it, as `DataLocation` reads it.
    /// - Throws: for a table beside a query.
    static func path(_ keys: SpecMapping) throws -> String {
        if let uri = keys["uri"] { return try server(uri, keys) }
        let file = try keys.required("file").text()
        switch (keys["table"], keys["query"]) {
        case (nil, nil): return file
        case (let table?, nil): return try file + "/" + table.text()
        case (nil, let query?): return try file + "/(" + query.lines() + ")"
        case (_?, let query?):
            throw query.error("\(query.name) stands beside a table", remedy: "keep one of them")
        }
    }

    /// `{uri: postgresql://host/shop, table: units}`, or `{uri: sc://host:15002, table: units}` of Spark, as `DataLocation` reads it.
    /// - Throws: for an address of no known server, for one that holds a password, and where no table is named.
    private static func server(_ uri: SpecNode, _ keys: SpecMapping) throws -> String {
        let address = try uri.text()
        guard let kind = ServerAddress.engine(of: address) else {
            throw uri.error(
                "\(uri.name) is the address of no server that is known",
                remedy: "write " + EngineKind.allCases.compactMap(\.addressForm).joined(separator: " or "))
        }
        if ServerAddress.holdsPassword(address) {
            throw uri.error(
                "\(uri.name) holds a password, which would be kept in the spec and its study",
                remedy: kind.passwordPlace)
        }
        if let file = keys["file"] { throw file.error("\(file.name) stands beside a uri", remedy: "keep one of them") }
        if let engine = try engine(keys), engine != kind {
            throw uri.error(
                "\(uri.name) is of \(kind.title), and the engine is \(engine.title)", remedy: "correct one of them")
        }
        switch (keys["table"], keys["query"]) {
        case (let table?, nil): return try address + "#" + table.text()
        case (nil, let query?): return try address + "#(" + query.lines() + ")"
        case (_?, let query?): throw query.error("\(query.name) stands beside a table", remedy: "keep one of them")
        case (nil, nil):
            throw uri.error("\(uri.name) names a server and no table of it", remedy: "add table: or query:")
        }
    }
}
