/// The name of a result and what stands there until there is one. Whoever computes a result declares its key.
package struct ResultKey<Value: Sendable>: Sendable {
    let name: String
    let initial: Value

    package init(_ name: String, initial: Value) {
        self.name = name
        self.initial = initial
    }

    package init<Wrapped>(_ name: String) where Value == Wrapped? { self.init(name, initial: nil) }
}

/// What engine work has brought, by key. The last good value of each stays, dimmed where it is stale, until a newer one comes.
package struct Results: Sendable {
    private var values: [String: any Sendable] = [:]
    /// What each value was computed from.
    private var origins: [String: ResultInputs] = [:]
    /// What each would be computed from now.
    private var wanted: [String: ResultInputs] = [:]
    /// What each was asked for from.
    private var asked: [String: ResultInputs] = [:]

    package init() {}

    package subscript<Value>(_ key: ResultKey<Value>) -> Value {
        get { values[key.name] as? Value ?? key.initial }
        set { values[key.name] = newValue }
    }

    /// Whether a value was computed from something else than what holds now, or awaits its first.
    package func isStale<Value>(_ key: ResultKey<Value>) -> Bool { isStale(key.name) }

    private func isStale(_ name: String) -> Bool { wanted[name] != nil && wanted[name] != origins[name] }

    /// Whether the value that is there was computed from certain inputs, whatever holds now.
    func holds<Value>(_ key: ResultKey<Value>, from inputs: some Equatable & Sendable) -> Bool {
        origins[key.name] == ResultInputs(inputs)
    }

    /// Takes in a value, unless it comes too late: when it was computed from something that no longer holds.
    mutating func take<Value>(_ value: Value, as key: ResultKey<Value>, from inputs: some Equatable & Sendable) {
        let inputs = ResultInputs(inputs)
        guard wanted[key.name] == inputs else { return }
        values[key.name] = value
        origins[key.name] = inputs
    }

    /// Whether a value has to be asked for.
    mutating func want(_ name: String, from inputs: some Equatable & Sendable, after earlier: String?) -> Bool {
        let inputs = ResultInputs(inputs)
        wanted[name] = inputs
        if let earlier, isStale(earlier) { return false }
        guard asked[name] != inputs else { return false }
        asked[name] = inputs
        return origins[name] != inputs
    }

    /// Nobody looks at it: when somebody does again it is asked for again, unless it is known.
    mutating func noLongerWant(_ name: String) {
        wanted[name] = nil
        asked[name] = nil
    }
}

/// What a result is computed from: any value that can be compared.
private struct ResultInputs: Sendable, Equatable {
    private let value: any Equatable & Sendable

    init(_ value: some Equatable & Sendable) { self.value = value }

    static func == (a: ResultInputs, b: ResultInputs) -> Bool {
        func equals<Value: Equatable>(_ value: Value) -> Bool { (b.value as? Value) == value }
        return equals(a.value)
    }
}
