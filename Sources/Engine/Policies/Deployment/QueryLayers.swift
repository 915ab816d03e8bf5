import Warehouses

/// A query that is built in layers: each has the columns of the one below and some of its own, so that no expression is written or
/// computed twice.
struct QueryLayers {
    struct Column {
        let name: String
        let expression: String

        init(_ name: String, _ expression: String) {
            self.name = name
            self.expression = expression
        }
    }

    let dialect: SQLDialect
    private var layers: [String] = []

    /// - Parameter table: a table, a view, a function or a query in parentheses, as it stands in SQL; its alias is t.
    init(_ columns: [Column], of table: String, dialect: SQLDialect) {
        self.dialect = dialect
        let list = columns.map { "\($0.expression) AS \($0.name)" }
        layers = ["SELECT \(list.joined(separator: ",\n    "))\n  FROM \(table) AS t"]
    }

    private static func name(_ layer: Int) -> String { "policy_\(layer)" }

    private var top: String { Self.name(layers.count - 1) }

    mutating func add(_ columns: [Column]) {
        guard !columns.isEmpty else { return }
        let list = columns.map { "\($0.expression) AS \($0.name)" }
        layers.append("SELECT q.*,\n    \(list.joined(separator: ",\n    "))\n  FROM \(top) AS q")
    }

    /// Adds a layer that is written of the name of the one below; false where there is none to write.
    mutating func add(_ text: (String) -> String?) -> Bool {
        guard let layer = text(top) else { return false }
        layers.append(layer)
        return true
    }

    /// The whole query, whose last layer gives these columns alone.
    func query(_ columns: [Column]) -> String {
        let tables = layers.enumerated().map { "\(Self.name($0)) AS (\n  \($1)\(dialect.fence))" }
        let list = columns.map { $0.name == $0.expression ? $0.name : "\($0.expression) AS \($0.name)" }
        return "WITH \(tables.joined(separator: ",\n"))\nSELECT \(list.joined(separator: ",\n  "))\nFROM \(top) AS q\n"
    }
}
