/// A field of a CSV file as text.
package enum CSVField {
    /// The field, in quotes where it needs them (RFC 4180).
    package static func quoted(_ field: String) -> String {
        // By bytes: a line break of two characters is one `Character`.
        guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
