/// A column of events broken down by another: `revenue[books]` is the revenue of the rows whose level is books.
package struct LevelColumn: Sendable, Equatable {
    package let column: String
    package let level: String

    package init(column: String, level: String) {
        self.column = column
        self.level = level
    }

    /// nil for the name of a plain column.
    package init?(_ name: String) {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "["), open > name.startIndex else { return nil }
        column = String(name[..<open])
        level = String(name[name.index(after: open)...].dropLast())
    }

    package var name: String { "\(column)[\(level)]" }
}
