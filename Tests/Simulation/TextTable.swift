import Testing

/// The scenario's own comma-separated text as columns; it has no quotes to heed.
struct TextTable: Sendable {
    let names: [String]
    private let columns: [String: [Substring]]
    let count: Int

    init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        names = lines[0].split(separator: ",").map(String.init)
        var cells = names.map { _ in [Substring]() }
        for line in lines.dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            for (index, field) in fields.enumerated() { cells[index].append(field) }
        }
        columns = Dictionary(uniqueKeysWithValues: zip(names, cells))
        count = lines.count - 1
    }

    func texts(_ name: String) throws -> [Substring] { try #require(columns[name]) }

    /// A missing value is nil.
    func numbers(_ name: String) throws -> [Double?] {
        try texts(name).map { text in
            if text.isEmpty { return nil }
            let number: Double = try #require(Double(text))
            return number
        }
    }

    /// - Throws: where a value is missing.
    func complete(_ name: String) throws -> [Double] {
        try numbers(name).map { try #require($0) }
    }
}
