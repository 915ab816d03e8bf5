import Runtime
import Texts
import Yams

/// A YAML node with its place, so that whatever is wrong with it can be said with file and line.
package struct SpecNode {
    let node: Node
    package let file: String
    /// What this is, for messages: "outcomes[2].threshold".
    package let name: String
    /// Whether this is all of the file, whose keys need no prefix.
    var isRoot = false

    package var line: Int? { node.mark?.line }

    package func error(_ message: String, remedy: String? = nil) -> EspalierError {
        EspalierError(.data, message, file: file, line: line, remedy: remedy)
    }

    /// The node's kind in plain words.
    private var kind: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): isEmpty(scalar) ? "empty" : "the text \(DisplayText.quoted(scalar.string))"
        case .alias: "an alias"
        }
    }

    private func isEmpty(_ scalar: Node.Scalar) -> Bool {
        guard scalar.style == .plain || scalar.style == .any else { return scalar.string.isEmpty }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private func wrong(_ wanted: String, remedy: String? = nil) -> EspalierError {
        error("\(name) must be \(wanted) but is \(kind)", remedy: remedy)
    }

    package var isMapping: Bool { node.mapping != nil }
    var isList: Bool { node.sequence != nil }

    /// A text of at least one character, none of them a control character.
    package func text() throws -> String {
        guard let scalar = node.scalar, !isEmpty(scalar) else {
            throw wrong("a text", remedy: node.scalar == nil ? nil : "fill it in, or quote a text such as \"null\"")
        }
        guard !DisplayText.hasControl(scalar.string) else {
            throw error(
                "\(name) holds a control character: \(DisplayText.quoted(scalar.string))", remedy: "use printable text")
        }
        return scalar.string
    }

    /// A text that may go over several lines, which count as blanks.
    func lines() throws -> String {
        guard let scalar = node.scalar, !isEmpty(scalar) else { throw wrong("a text") }
        let text = scalar.string.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !DisplayText.hasControl(text) else {
            throw error("\(name) holds a control character: \(DisplayText.quoted(text))", remedy: "use printable text")
        }
        return text
    }

    /// A finite number.
    package func number() throws -> Double {
        guard let scalar = node.scalar, !isEmpty(scalar) else { throw wrong("a number") }
        var text = scalar.string
        let value = text.withUTF8 { bytes in
            bytes.baseAddress.map { DecimalNumber.value($0, count: bytes.count) } ?? .nan
        }
        guard value.isFinite else { throw wrong("a finite number") }
        return value
    }

    /// A whole number in the range.
    func integer<Value: FixedWidthInteger>(in range: ClosedRange<Value>) throws -> Value {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let scalar = node.scalar, !isEmpty(scalar), let value = Value(scalar.string), range.contains(value) else {
            throw wrong(wanted)
        }
        return value
    }

    /// One of the cases of an enumeration of texts.
    package func choice<Value: RawRepresentable & CaseIterable>(_: Value.Type) throws -> Value
    where Value.RawValue == String {
        let written = try text()
        if let value = Value(rawValue: written) { return value }
        let names = Value.allCases.map(\.rawValue)
        throw error(
            "\(name) must be \(names.joined(separator: " or ")) but is \(DisplayText.quoted(written))",
            remedy: NearestName.hint(written, among: names))
    }

    /// The items of a list that is not empty.
    package func list() throws -> [SpecNode] {
        guard let sequence = node.sequence else {
            throw wrong("a list", remedy: "write it as [a, b] or as lines with -")
        }
        guard !sequence.isEmpty else { throw error("\(name) is an empty list", remedy: "list at least one item") }
        return sequence.enumerated().map { SpecNode(node: $1, file: file, name: "\(name)[\($0 + 1)]") }
    }

    /// The values of a mapping under known keys.
    /// - Throws: for another kind of node, and for an unknown key with the nearest known one.
    package func mapping(keys known: [String]) throws -> SpecMapping {
        let entries = try entries()
        for (key, _) in entries {
            let written = try key.text()
            guard !known.contains(written) else { continue }
            throw key.error(
                "unknown key \(DisplayText.quoted(written)) in \(name)",
                remedy: NearestName.hint(written, among: known) ?? "the keys are \(known.joined(separator: ", "))")
        }
        return SpecMapping(place: self, entries: try entries.map { (try $0.text(), $1) })
    }

    /// The pairs of a mapping whose keys are names that the analyst chose.
    package func named() throws -> [(key: String, place: SpecNode, value: SpecNode)] {
        let entries = try entries()
        guard !entries.isEmpty else { throw error("\(name) is an empty mapping", remedy: "fill it in or leave it out") }
        return try entries.map { (try $0.text(), $0, $1) }
    }

    private func entries() throws -> [(key: SpecNode, value: SpecNode)] {
        guard let mapping = node.mapping else { throw wrong("a mapping of keys to values", remedy: "write key: value") }
        var seen: Set<String> = []
        return try mapping.map { key, value in
            if let written = key.scalar?.string, !seen.insert(written).inserted {
                throw EspalierError(
                    .data, "the key \(DisplayText.quoted(written)) stands twice in \(name)", file: file,
                    line: key.mark?.line,
                    remedy: "keep one of them")
            }
            let title = key.scalar?.string ?? "a key"
            return (
                SpecNode(node: key, file: file, name: "a key of \(name)"),
                SpecNode(node: value, file: file, name: isRoot ? title : "\(name).\(title)")
            )
        }
    }
}
