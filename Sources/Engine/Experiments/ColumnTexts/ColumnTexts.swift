/// What was seen of a column's texts while it was read: how many were numbers, and every text that was none.
struct ColumnTexts: Sendable {
    /// A text that is no plain number.
    struct Word: Sendable {
        let text: String
        let part: WordTally.Part
        let rows: Int
        /// The line of the first, from 1.
        let line: Int
    }

    /// Numbers written in more than one way.
    struct Forms: Sendable {
        /// Rows whose number begins with zeros (02139).
        var leadingZeros = 0
        /// The width of all texts, where some begin with zeros and all have one width.
        var width: Int?
        /// Numbers that have several texts (4.1 and 4.10).
        var doubled = 0
        /// A text of one of them, not the plainest, and its value.
        var example: (text: String, value: Double)?
    }

    /// The file that holds the column.
    var file = ""
    /// Rows that hold a number, and all rows.
    var numberRows = 0
    var rowCount = 0
    var words: [Word] = []
    /// nil where no number is written otherwise than plainly.
    var forms: Forms?
    /// Whether the spec left the kind to the texts.
    var isJudged = false
    /// Whether it was read as one of levels.
    var isOfLevels = false

    /// Ids of the form 1.23E+12, and the line of the first; nil where there are none.
    var ruinedIds: (rows: Int, line: Int)?

    func rows(_ part: WordTally.Part) -> Int { words.reduce(0) { $0 + ($1.part == part ? $1.rows : 0) } }
    func words(_ part: WordTally.Part) -> [Word] { words.filter { $0.part == part } }

    /// Texts among levels that count as missing, such as NA.
    var levelsTakenForMissing: [Word] { isOfLevels ? words(.missing) : [] }

    /// The words that are in the way of a column of numbers, those that stand first first.
    var inTheWay: [Word] {
        words.filter {
            $0.part == .stray || $0.part == .infinite || ($0.part == .truth && numberRows > 0)
        }.sorted { $0.line < $1.line }
    }

    /// Finds out how many values of a column of texts are numbers after all.
    mutating func judge(codes: [Int32], names: [String]) {
        var rows = Array(repeating: 0, count: names.count)
        for code in codes where code >= 0 { rows[Int(code)] += 1 }
        numberRows = 0
        for (name, count) in zip(names, rows) {
            var name = name
            let value = name.withUTF8 { bytes in
                bytes.baseAddress.map { DecimalNumber.value($0, count: bytes.count) } ?? .nan
            }
            if value.isFinite { numberRows += count }
        }
    }
}
