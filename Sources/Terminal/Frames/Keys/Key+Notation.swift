/// Keys in writing, as on the command line (`4llla5<Enter><C-r>`), in logs and in tests.
extension Key {
    /// How `parse` reads the key: a character for itself, any other key as a name in angle brackets.
    package var notation: String {
        switch self {
        case .character("<"): "<lt>"
        case .character(" "): "<Space>"
        case .character(let character): String(character)
        case .control("<"): "<C-lt>"
        case .control(" "): "<C-Space>"
        case .control(let character): "<C-\(character)>"
        case .function(let number): "<F\(number)>"
        default: "<\(Self.names.first { $0.key == self }?.name ?? displayName)>"
        }
    }

    /// The keys that `text` spells. Names are read in any case.
    package static func parse(_ text: String) throws(KeyError) -> [Key] {
        var keys: [Key] = []
        var rest = Substring(text)
        while let character = rest.first {
            let position = text.distance(from: text.startIndex, to: rest.startIndex) + 1
            guard character == "<" else {
                keys.append(
                    character == "\n" || character == "\r" ? .enter : character == "\t" ? .tab : .character(character))
                rest.removeFirst()
                continue
            }
            guard let end = rest.dropFirst(2).firstIndex(of: ">") else {
                throw KeyError(
                    message: "keys, position \(position): '<' begins the name of a key, but there is no '>' after it; "
                        + "write <lt> for the character itself.")
            }
            let name = rest[rest.index(after: rest.startIndex)..<end]
            guard let key = named(String(name)) else { throw unknown(String(name), at: position) }
            keys.append(key)
            rest = rest[rest.index(after: end)...]
        }
        return keys
    }

    private static func named(_ name: String) -> Key? {
        let lower = name.lowercased()
        if let key = (names + aliases).first(where: { $0.name.lowercased() == lower })?.key { return key }
        if lower.hasPrefix("c-") || lower.hasPrefix("ctrl-") {
            let rest = lower[lower.index(after: lower.firstIndex(of: "-") ?? lower.startIndex)...]
            if rest == "lt" { return .control("<") }
            if rest == "space" { return .control(" ") }
            return rest.count == 1 ? rest.first.map(Key.control) : nil
        }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63).contains(number) {
            return .function(number)
        }
        return nil
    }

    private static func unknown(_ name: String, at position: Int) -> KeyError {
        let known = names.map(\.name)
        let near = Spelling.nearest(to: name, among: known)
        let remedy =
            near.map { "did you mean <\($0)>?" }
            ?? "the names are \(known.joined(separator: ", ")), F1 to F63 and C-a to C-z."
        return KeyError(message: "keys, position \(position): there is no key <\(name)>; \(remedy)")
    }

    private static let names: [(name: String, key: Key)] = [
        ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end),
        ("PageUp", .pageUp), ("PageDown", .pageDown), ("Tab", .tab), ("BackTab", .backTab), ("Enter", .enter),
        ("Esc", .escape), ("Backspace", .backspace), ("Delete", .delete), ("Space", .character(" ")),
        ("lt", .character("<")), ("gt", .character(">")),
    ]

    private static let aliases: [(name: String, key: Key)] = [
        ("PgUp", .pageUp), ("PgDn", .pageDown), ("S-Tab", .backTab), ("Return", .enter), ("CR", .enter),
        ("Escape", .escape), ("BS", .backspace), ("Del", .delete),
    ]
}

extension Key: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let keys = try Key.parse(try container.decode(String.self))
        guard keys.count == 1 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(keys.count) keys where one belongs")
        }
        self = keys[0]
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(notation)
    }
}
