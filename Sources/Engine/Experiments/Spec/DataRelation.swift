import Texts
import Warehouses

/// What a spec says of a file that an engine reads: `{file: warehouse.duckdb, table: units}`, or `query` instead of a table. With
/// `engine: duckdb` the units stay there, and the engine is asked for sums.
enum DataRelation {
    static let keys = ["engine", "table", "query"]

    /// - Throws: for an unknown engine.
    static func engine(_ keys: SpecMapping) throws -> EngineKind? { try keys["engine"]?.choice(EngineKind.self) }

    /// The data path of a file and what is named in it, as `DataLocation` reads it.
    /// - Throws: for a table beside a query.
    static func path(_ keys: SpecMapping) throws -> String {
        let file = try keys.required("file").text()
        switch (keys["table"], keys["query"]) {
        case (nil, nil): return file
        case (let table?, nil): return try file + "/" + table.text()
        case (nil, let query?): return try file + "/(" + query.lines() + ")"
        case (_?, let query?):
            throw query.error("\(query.name) stands beside a table", remedy: "keep one of them")
        }
    }
}
