/// One file of a scenario before it is written: its name and its text, not yet compressed.
package struct ScenarioText: Sendable, Equatable {
    /// File name without folder; a name that ends in `.gz` is compressed when written.
    package let name: String
    /// UTF-8 with `\n` line ends.
    package let bytes: [UInt8]

    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    var isCompressed: Bool { name.hasSuffix(".gz") }
}
