import Runtime
import Texts

/// The first exposure of each unit of a log and what its row holds, as the rows come: memory grows with the units.
///
/// A row without an arm is an event; it exposes nobody. Of several first exposures at once the one with the smallest arm
/// counts, then the first in the file.
struct FirstExposures: Sendable {
    private let unit: String
    private let treatment: String
    private let exposure: String
    /// The columns whose value at the first exposure counts.
    private var values: [(name: String, column: UnitValues)]

    private(set) var index = UnitIndex()
    private(set) var armLevels = PieceLevels()
    /// By unit: code of the time of the first exposure, `CalendarTime.missingCode` without one; its record and arm.
    private(set) var starts: [UInt64] = []
    /// By unit, where the texts of ids are read.
    private var ids: [String] = []
    private(set) var records: [UInt32] = []
    private(set) var arms: [Int32] = []
    /// By unit: whether it was seen in several arms.
    private(set) var isCrossed: [Bool] = []
    /// The first record in which a unit is seen in another arm than before.
    private(set) var crossoverRecord: Int?

    init(unit: String, treatment: String, exposure: String, values: [String]) {
        self.unit = unit
        self.treatment = treatment
        self.exposure = exposure
        self.values = values.map { ($0, UnitValues()) }
    }

    /// - Throws: `EspalierError(.data)` for a date that is missing.
    mutating func take(_ piece: Table, file: String) throws {
        guard let keys = piece.keys(unit), case .levels(let codes, let names)? = piece[treatment],
            case .keys(let times)? = piece[exposure]
        else { throw EspalierError(.internal, "the columns of the log were not read", file: file) }
        armLevels.begin(names)
        let isArm = names.map { !MissingText.matches($0) }
        let texts = piece.identities(unit)
        _ = try Dates(piece, column: exposure, file: file)
        for index in values.indices { values[index].column.begin(piece[values[index].name]) }
        for record in keys.indices {
            let unit = index.number(of: keys[record])
            if unit == starts.count {
                addUnit()
                if let texts { ids.append(texts[record]) }
            }
            guard codes[record] >= 0, isArm[Int(codes[record])] else { continue }
            let arm = armLevels.code(codes[record])
            if arms[unit] >= 0 {
                let isOther = arm != arms[unit]
                if isOther, !isCrossed[unit] {
                    isCrossed[unit] = true
                    if crossoverRecord == nil { crossoverRecord = piece.firstRecord + record }
                }
                let (own, best) = (times[record] >> 1, starts[unit] >> 1)
                guard own < best || (own == best && isOther && isBefore(arm, arms[unit])) else { continue }
            }
            (starts[unit], records[unit], arms[unit]) = (times[record], UInt32(piece.firstRecord + record), arm)
            for index in values.indices { values[index].column.set(unit, to: record) }
        }
    }

    private func isBefore(_ arm: Int32, _ other: Int32) -> Bool {
        armLevels.names[Int(arm)] < armLevels.names[Int(other)]
    }

    private mutating func addUnit() {
        starts.append(CalendarTime.missingCode)
        records.append(0)
        arms.append(-1)
        isCrossed.append(false)
    }

    /// What was kept, by name, of some of the units.
    func columns(of units: [Int]) -> [String: Table.Column] {
        var columns: [String: Table.Column] = [
            unit: ids.isEmpty
                ? .keys(units.map { index.keys[$0] })
                : .identities(keys: units.map { index.keys[$0] }, texts: units.map { ids[$0] }),
            treatment: armLevels.column(units.map { arms[$0] }),
            exposure: .keys(units.map { starts[$0] }),
        ]
        for (name, column) in values { columns[name] = column.column(of: units) }
        return columns
    }
}
