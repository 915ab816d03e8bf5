import Runtime

/// The order of an experiment's units: tune first, then confirm, each by ascending key of the split (of the cluster, where there
/// are clusters) and then of the unit, ties by record.
struct CanonicalOrder: Sendable {
    /// Record numbers from 0, in canonical order.
    let records: [UInt32]
    let keys: [UInt64]
    let tuneCount: Int

    private struct Unit {
        /// What its splits are functions of.
        let split: UInt64
        let key: UInt64
        let record: UInt32

        static func precedes(_ a: Unit, _ b: Unit) -> Bool {
            if a.split != b.split { return a.split < b.split }
            return a.key != b.key ? a.key < b.key : a.record < b.record
        }
    }

    /// - Parameters:
    ///   - keys: of all records.
    ///   - splitKeys: what splits are functions of, of all records; nil where the units' keys are.
    ///   - kept: the records to be ordered, ascending.
    /// - Complexity: O(n log n).
    init(keys: [UInt64], splitKeys: [UInt64]? = nil, kept: [UInt32], rule: SplitRule, workers: Workers) throws {
        let keptKeys = kept.map { keys[Int($0)] }
        let splitKeys = splitKeys.map { splitKeys in kept.map { splitKeys[Int($0)] } } ?? keptKeys
        let isConfirm = rule.confirm(splitKeys)
        let halves = try workers.map(2) { half in
            var units: [Unit] = []
            for index in kept.indices where isConfirm[index] == (half == 1) {
                units.append(Unit(split: splitKeys[index], key: keptKeys[index], record: kept[index]))
            }
            units.sort(by: Unit.precedes)
            return units
        }
        tuneCount = halves[0].count
        records = halves.flatMap { $0.map(\.record) }
        self.keys = halves.flatMap { $0.map(\.key) }
    }

    private init(records: [UInt32], keys: [UInt64], tuneCount: Int) {
        self.records = records
        self.keys = keys
        self.tuneCount = tuneCount
    }

    /// The same without the units that are not wanted.
    func keeping(_ wanted: [Bool]) -> CanonicalOrder {
        CanonicalOrder(
            records: zip(records, wanted).compactMap { $1 ? $0 : nil },
            keys: zip(keys, wanted).compactMap { $1 ? $0 : nil }, tuneCount: wanted.prefix(tuneCount).count { $0 })
    }

    /// The values of the records, in canonical order.
    func gather<Value>(_ values: [Value]) -> [Value] { records.map { values[Int($0)] } }
}
