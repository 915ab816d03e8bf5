/// A mapping whose keys are all known.
package struct SpecMapping {
    package let place: SpecNode
    private let values: [String: SpecNode]

    init(place: SpecNode, entries: [(key: String, value: SpecNode)]) {
        self.place = place
        values = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
    }

    package subscript(key: String) -> SpecNode? { values[key] }

    /// - Throws: when the key is missing.
    package func required(_ key: String) throws -> SpecNode {
        if let value = values[key] { return value }
        throw place.error("\(place.name) has no \(key)", remedy: "add \(key): …")
    }

    /// - Throws: when more than one of the keys is there.
    func atMostOne(of keys: [String]) throws {
        let present = keys.filter { values[$0] != nil }
        guard present.count > 1 else { return }
        let second = values[present[1]] ?? place
        throw second.error(
            "\(place.name) has both \(present[0]) and \(present[1])", remedy: "keep one of them")
    }
}
