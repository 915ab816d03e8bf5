/// Units, numbered in order of appearance.
struct UnitIndex: Sendable {
    private var byKey: [UInt64: Int32] = [:]
    private(set) var keys: [UInt64] = []

    init() {}

    /// Of keys that may repeat.
    init(_ keys: [UInt64]) {
        byKey.reserveCapacity(keys.count)
        for key in keys { _ = number(of: key) }
    }

    var count: Int { keys.count }

    /// The number of a unit, a new one if it was not seen before.
    mutating func number(of key: UInt64) -> Int {
        if let known = byKey[key] { return Int(known) }
        byKey[key] = Int32(keys.count)
        keys.append(key)
        return keys.count - 1
    }

    /// The number of a unit that was seen before.
    subscript(key: UInt64) -> Int? { byKey[key].map(Int.init) }
}
