/// Where the analyst looks, screen by screen.
package struct ScreenStates: Sendable, Equatable {
    private var states: [Screen: any ScreenState] = [:]

    package init() {}

    package subscript<Definition: ScreenDefinition>(_: Definition.Type) -> Definition.State {
        get { states[Definition.screen] as? Definition.State ?? Definition.State() }
        set { states[Definition.screen] = newValue }
    }

    package static func == (a: ScreenStates, b: ScreenStates) -> Bool {
        func same<Definition: ScreenDefinition>(_ definition: Definition.Type) -> Bool {
            a[definition] == b[definition]
        }
        return ScreenList.all.allSatisfy { same($0) }
    }
}

extension ScreenStates: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Each under the key of its screen; screens that are not there are as they start, those that this version does not have
    /// are passed over.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func read<Definition: ScreenDefinition>(_ definition: Definition.Type) throws {
            let key = Key(stringValue: Definition.screen.key)
            if let state = try container.decodeIfPresent(Definition.State.self, forKey: key) {
                self[definition] = state
            }
        }
        for definition in ScreenList.all { try read(definition) }
    }

    /// Formats 1 to 3 wrote the fields of all screens side by side.
    init(sideBySide decoder: any Decoder) throws {
        func read<Definition: ScreenDefinition>(_ definition: Definition.Type) throws {
            self[definition] = try Definition.State(from: decoder)
        }
        for definition in ScreenList.all { try read(definition) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func write<Definition: ScreenDefinition>(_ definition: Definition.Type) throws {
            try container.encode(self[definition], forKey: Key(stringValue: Definition.screen.key))
        }
        for definition in ScreenList.all { try write(definition) }
    }
}

extension KeyedDecodingContainer {
    /// A field that a version before it did not write.
    func decode<Value: Decodable>(_ key: Key, or start: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? start
    }
}
