import Runtime
import Texts

/// The units of the first file, to which the other files are joined.
struct FirstUnits: Sendable {
    /// As the spec names the file, and where it is.
    let file: String
    let path: String
    /// The column of the unit's id.
    let key: String
    let index: UnitIndex
    /// The unit of each record.
    let unitOfRecord: [Int32]
    /// The first record of each unit.
    let records: [Int]
    /// Dates of exposure, by record; nil where the spec names none.
    let exposures: Dates?

    /// - Parameter keys: by record; they may repeat, which is judged elsewhere.
    init(file: String, path: String, key: String, keys: [UInt64], exposures: Dates?) {
        self.file = file
        self.path = path
        self.key = key
        self.exposures = exposures
        var index = UnitIndex()
        var records: [Int] = []
        unitOfRecord = keys.enumerated().map { record, key in
            let unit = index.number(of: key)
            if unit == records.count { records.append(record) }
            return Int32(unit)
        }
        self.index = index
        self.records = records
    }

    /// A unit of another file that this one lacks and that is one of its units without a row there, written in another way.
    /// - Complexity: O(bytes of both files); memory grows with the units.
    func spelling(of otherKey: String, in otherPath: String, context: RunContext) throws -> JoinNotes.Spelling? {
        var isPresent = [Bool](repeating: false, count: index.count)
        try UnitIds.stream(otherPath, column: otherKey, context: context) { ids in
            for key in ids.keys { if let unit = index[key] { isPresent[unit] = true } }
        }
        var missing: [String: String] = [:]
        try UnitIds.stream(path, column: key, context: context) { ids in
            for (id, key) in zip(ids.texts, ids.keys) {
                guard let unit = index[key], !isPresent[unit] else { continue }
                isPresent[unit] = true
                let plain = IdSpelling.plain(id)
                if missing[plain] == nil { missing[plain] = id }
            }
        }
        var found: JoinNotes.Spelling?
        try UnitIds.stream(otherPath, column: otherKey, context: context) { ids in
            guard found == nil else { return }
            for (id, key) in zip(ids.texts, ids.keys) where index[key] == nil {
                guard let twin = missing[IdSpelling.plain(id)] else { continue }
                found = JoinNotes.Spelling(here: id, first: twin)
                return
            }
        }
        return found
    }

    func noneInCommon(key otherKey: String, spelling: JoinNotes.Spelling?, file other: String) -> EspalierError {
        EspalierError(
            .data,
            "no unit of \(file) has a row here: no value of \(DisplayText.quoted(otherKey)) is one of its units"
                + (spelling.map { ", but \($0.sentence(first: file))" } ?? ""),
            file: other, remedy: "check which column is the key, and how the ids are written")
    }
}
