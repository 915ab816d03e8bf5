/// The units of the first file, numbered in order of appearance.
struct UnitIndex: Sendable {
    /// The unit of each record.
    let ofRecord: [Int32]
    let count: Int
    private let byKey: [UInt64: Int32]

    init(_ keys: [UInt64]) {
        var byKey: [UInt64: Int32] = [:]
        byKey.reserveCapacity(keys.count)
        ofRecord = keys.map { key in
            if let known = byKey[key] { return known }
            let number = Int32(byKey.count)
            byKey[key] = number
            return number
        }
        count = byKey.count
        self.byKey = byKey
    }

    /// The first record of each unit.
    var firstRecords: [Int] {
        var result = [Int](repeating: 0, count: count)
        for (record, unit) in ofRecord.enumerated().reversed() { result[Int(unit)] = record }
        return result
    }

    subscript(key: UInt64) -> Int? { byKey[key].map(Int.init) }
}
