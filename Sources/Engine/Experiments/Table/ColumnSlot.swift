import Runtime

/// One wanted column while it is being read. Plain memory but for what the spec declares of its texts: the reader works on it
/// through a pointer.
struct ColumnSlot {
    let reading: ColumnReading
    var numbers = GrowingBuffer<Double>()
    var codes = GrowingBuffer<Int32>()
    var keys = GrowingBuffer<UInt64>()
    var bytes = GrowingBuffer<UInt8>()
    var ends = GrowingBuffer<Int>()
    var levels = LevelTable()
    var words = WordTally()
    var forms = NumberForms()
    /// Records handed over already, where a file is read in pieces, and those of them that held a value.
    var handedOver = 0
    private var valuesHandedOver = 0
    private var namesHandedOver: [String] = []
    private var numbersHandedOver: Set<Double> = []
    /// How values are written, where the spec says it.
    private let formatted: FormattedNumber?
    /// Texts of missing values that the spec adds, without blanks around them; in a column of texts the only ones.
    private let missing: Set<[UInt8]>?
    /// Those of them that are numbers, such as -999.
    private let missingNumbers: [Double]
    /// Whether an engine says that these are numbers, so that how it writes them tells nothing.
    private let isTyped: Bool
    /// Whether every field goes the long way round.
    private let isUnusual: Bool
    /// Ids of the form 1.23E+12, and the record of the first.
    var ruinedIds = 0
    var firstRuinedId = 0

    init(_ reading: ColumnReading, text: TextFormat? = nil, isTyped: Bool = false) {
        self.reading = reading
        self.isTyped = isTyped
        formatted = text.flatMap { $0.rewritesNumbers ? FormattedNumber($0) : nil }
        let declared = text?.missing.map { $0.map { Array($0.utf8) } }
        missing = declared.map(Set.init)
        missingNumbers = (declared ?? []).compactMap { text in
            text.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return nil }
                let value = DecimalNumber.value(start, count: bytes.count)
                return value.isFinite ? value : nil
            }
        }
        isUnusual = formatted != nil || !missingNumbers.isEmpty
    }

    /// Why a field cannot be taken.
    enum Refusal {
        case empty, notUTF8, noDate
    }

    /// Takes in the next field.
    /// - Complexity: O(count), without allocation but for growth.
    @inline(__always)
    mutating func take(_ start: UnsafePointer<UInt8>, count: Int) -> Refusal? {
        switch reading {
        case .number, .undecided:
            if isUnusual { return takeUnusual(start, count: count) }
            let field = DecimalNumber.reading(start, count: count)
            if field.value.isFinite {
                if !field.isPlain, !isTyped { forms.note(start, count: count, value: field.value) }
                numbers.append(field.value)
                return nil
            }
            return takeWord(start, count: count, value: field.value)
        case .text, .label:
            if reading == .label ? count == 0 : isMissingLevel(start, count: count) {
                codes.append(-1)
                return nil
            }
            guard let code = levels.number(start, length: count) else { return .notUTF8 }
            codes.append(code)
            return nil
        case .time:
            guard count > 0 else {
                keys.append(CalendarTime.missingCode)
                return nil
            }
            guard let time = CalendarTime(UnsafeBufferPointer(start: start, count: count)) else { return .noDate }
            keys.append(time.code)
            return nil
        case .key, .identity:
            guard count > 0 else { return .empty }
            guard UTF8Text.isValid(start, count: count) else { return .notUTF8 }
            if count > 4, start[count - 3] == UInt8(ascii: "+") || start[count - 4] == UInt8(ascii: "+") {
                noteRuined(start, count: count)
            }
            keys.append(StableHash.key(UnsafeBufferPointer(start: start, count: count)))
            if reading == .identity {
                bytes.append(start, count: count)
                ends.append(bytes.count)
            }
            return nil
        }
    }

    /// Whether `PlainNumber` may read the fields.
    var readsPlainNumbers: Bool { (reading == .number || reading == .undecided) && !isUnusual }

    /// Takes in the next field, which `PlainNumber` has read.
    @inline(__always)
    mutating func take(_ number: PlainNumber, from start: UnsafePointer<UInt8>) {
        if !number.isPlain, !isTyped { forms.note(start, count: number.end - start, value: number.value) }
        numbers.append(number.value)
    }

    /// An id that a spreadsheet turned into a rounded number.
    private mutating func noteRuined(_ start: UnsafePointer<UInt8>, count: Int) {
        let field = DecimalNumber.reading(start, count: count)
        guard field.value.isFinite, !field.isPlain, abs(field.value) >= 1e5 else { return }
        if ruinedIds == 0 { firstRuinedId = keys.count }
        ruinedIds += 1
    }

    /// A field of a numeric column whose texts the spec describes.
    private mutating func takeUnusual(_ start: UnsafePointer<UInt8>, count: Int) -> Refusal? {
        let field = Blanks.trimmed(Array(UnsafeBufferPointer(start: start, count: count))[...])
        let value =
            formatted.map { $0.value(field) ?? .nan }
            ?? field.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { DecimalNumber.value($0, count: bytes.count) } ?? .nan
            }
        if let missing, missing.contains(Array(field)) || missingNumbers.contains(value) {
            let record = handedOver + numbers.count
            guard words.take(start, count: count, record: record, classify: { (.missing, .nan) }) != nil else {
                return .notUTF8
            }
            numbers.append(.nan)
            return nil
        }
        guard value.isFinite else { return takeWord(start, count: count, value: value) }
        numbers.append(value)
        return nil
    }

    /// A field of a numeric column that is no finite number as it stands: padded, missing, a truth value, or in the way.
    private mutating func takeWord(_ start: UnsafePointer<UInt8>, count: Int, value: Double) -> Refusal? {
        if count == 0 {
            numbers.append(.nan)
            return nil
        }
        if value.isNaN, formatted == nil, let padded = Self.padded(start, count: count) {
            numbers.append(padded)
            return nil
        }
        let declared = missing
        let readsTruth = formatted == nil
        let taken = words.take(start, count: count, record: handedOver + numbers.count) {
            Self.classify(start, count: count, value: value, missing: declared, readsTruth: readsTruth)
        }
        guard let taken else { return .notUTF8 }
        numbers.append(taken)
        return nil
    }

    /// A number with blanks around it, a minus sign of typography before it, or digits that are not ASCII's.
    private static func padded(_ start: UnsafePointer<UInt8>, count: Int) -> Double? {
        guard Blanks.mayPad(start, count: count) else { return nil }
        var field = Blanks.trimmed(Array(UnsafeBufferPointer(start: start, count: count))[...])
        if field.contains(where: { $0 >= 0x80 }) { field = OtherDigits.plain(field)[...] }
        let value = field.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { DecimalNumber.value($0, count: bytes.count) } ?? .nan
        }
        return value.isFinite ? value : nil
    }

    private static let infinities: Set<String> = [
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
    ]

    private static func classify(
        _ start: UnsafePointer<UInt8>, count: Int, value: Double, missing: Set<[UInt8]>?, readsTruth: Bool
    ) -> (WordTally.Part, Double) {
        let field = Blanks.trimmed(Array(UnsafeBufferPointer(start: start, count: count))[...])
        let text = String(decoding: field, as: UTF8.self)
        if field.isEmpty || MissingText.matches(text) || missing?.contains(Array(field)) == true {
            return (.missing, .nan)
        }
        if value.isInfinite || infinities.contains(text.lowercased()) { return (.infinite, .nan) }
        switch text {
        case "true", "TRUE", "True": if readsTruth { return (.truth, 1) }
        case "false", "FALSE", "False": if readsTruth { return (.truth, 0) }
        default: break
        }
        return (MissingText.isMark(text) ? .mark : .stray, .nan)
    }

    /// Whether a field of a column of texts is missing: by the usual texts or, if the spec lists them, by those.
    @inline(__always)
    private mutating func isMissingLevel(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        if count == 0 { return true }
        if let missing {
            let field = Array(UnsafeBufferPointer(start: start, count: count))
            return missing.contains(field) || Blanks.trimmed(field[...]).isEmpty
        }
        guard start[0] <= 32 || start[0] >= 0xc2 || start[0] | 0x20 == UInt8(ascii: "n") else { return false }
        return isMissingWord(start, count: count)
    }

    private mutating func isMissingWord(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        if MissingText.matches(start, count: count) {
            _ = words.take(start, count: count, record: handedOver + codes.count) { (.missing, .nan) }
            return true
        }
        guard Blanks.mayPad(start, count: count) else { return false }
        return Blanks.trimmed(Array(UnsafeBufferPointer(start: start, count: count))[...]).isEmpty
    }

    // MARK: What was read

    /// Whether an undecided column shows already that it holds hardly any number.
    var isPlainlyText: Bool {
        guard reading == .undecided, words.hasStrays else { return false }
        let judgement = judgement(distinctNumbers: 0)
        return judgement == .text
    }

    /// Whether a column left undecided holds texts after all.
    func turnsOutText() -> Bool {
        guard reading == .undecided, words.hasStrays || words.truthRows > 0 else { return false }
        switch judgement(distinctNumbers: nil) {
        case .numeric, .nearlyNumeric: return false
        case .mixed, .text: return true
        }
    }

    /// - Parameter distinctNumbers: nil counts them.
    private func judgement(distinctNumbers: Int?) -> ColumnKindJudgement {
        let present = numberRows
        return ColumnKindJudgement(
            numberRows: present, truthRows: words.truthRows, infiniteRows: words.infiniteRows,
            strayRows: words.strayRows, distinctWords: words.distinctInTheWay(amongNumbers: present > 0)
        ) {
            if let distinctNumbers { return distinctNumbers }
            var seen = numbersHandedOver
            for value in UnsafeBufferPointer(start: numbers.start, count: numbers.count) where !value.isNaN {
                seen.insert(value)
                if seen.count > Self.mostNumbersCounted { break }
            }
            return seen.count
        }
    }

    /// Rows that hold a number as such, true and false not counted.
    private var numberRows: Int { valuesHandedOver + presentRows - words.truthRows }

    private var presentRows: Int {
        guard numbers.count > 0 else { return 0 }
        var count = 0
        for value in UnsafeBufferPointer(start: numbers.start, count: numbers.count) where !value.isNaN { count += 1 }
        return count
    }

    /// Whether a declared column of numbers, read in pieces, holds a text that is in the way.
    var isObstructed: Bool {
        guard reading == .number else { return false }
        return words.hasStrays || (words.truthRows > 0 && numberRows > 0)
    }

    /// What was seen of the texts so far.
    mutating func texts(lines: RecordLines) -> ColumnTexts {
        var texts = ColumnTexts()
        switch reading {
        case .number, .undecided:
            texts.rowCount = handedOver + numbers.count
            texts.numberRows = numberRows
            texts.forms = forms.findings(numbers: UnsafeBufferPointer(start: numbers.start, count: numbers.count))
        case .text: texts.rowCount = handedOver + codes.count
        case .label, .key, .identity, .time: return texts
        }
        texts.words = words.list(lines: lines)
        return texts
    }

    /// Hands the values of the first `count` records over and frees the slot (a reading that stops early may hold some fields
    /// of one record more).
    mutating func finish(count: Int) -> Table.Column {
        defer { free() }
        return handOver(count: count, isLast: true)
    }

    /// Hands the values of the first `count` records over and keeps what else it holds, for a file that is read in pieces.
    mutating func handOver(count: Int) -> Table.Column {
        let column = handOver(count: count, isLast: false)
        handedOver += count
        if case .numbers(let values) = column { noteHandedOver(values) }
        if case .levels = column, levels.count > Self.mostLevelsKept { forgetLevels() }
        return column
    }

    private mutating func noteHandedOver(_ values: [Double]) {
        valuesHandedOver += values.count { !$0.isNaN }
        values.withUnsafeBufferPointer { forms.count($0) }
        guard reading == .undecided, words.hasStrays, numbersHandedOver.count <= Self.mostNumbersCounted else { return }
        for value in values where !value.isNaN { numbersHandedOver.insert(value) }
    }

    /// More distinct numbers than this decide nothing.
    private static let mostNumbersCounted = 1000

    /// A column read in pieces starts its levels anew past so many.
    private static let mostLevelsKept = 10_000

    private mutating func forgetLevels() {
        let names = levels.take()
        namesHandedOver = []
        guard let start = codes.start else { return }
        for index in 0..<codes.count where start[index] >= 0 {
            var text = names[Int(start[index])]
            start[index] = text.withUTF8 { bytes in
                bytes.baseAddress.flatMap { levels.number($0, length: bytes.count) } ?? -1
            }
        }
    }

    private mutating func handOver(count: Int, isLast: Bool) -> Table.Column {
        switch reading {
        case .number, .undecided:
            return .numbers(isLast ? numbers.take(count) : numbers.takeFirst(count))
        case .text, .label:
            let codes = isLast ? codes.take(count) : codes.takeFirst(count)
            if isLast { return .levels(codes: codes, names: levels.take()) }
            if namesHandedOver.count != levels.count { namesHandedOver = levels.names }
            return .levels(codes: codes, names: namesHandedOver)
        case .key, .time:
            return .keys(isLast ? keys.take(count) : keys.takeFirst(count))
        case .identity:
            let keys = isLast ? keys.take(count) : keys.takeFirst(count)
            let ends = ends.takeFirst(count)
            let bytes = bytes.takeFirst(ends.last ?? 0)
            shiftEnds(by: bytes.count)
            var texts: [String] = []
            texts.reserveCapacity(ends.count)
            var start = 0
            for end in ends {
                texts.append(String(decoding: bytes[start..<end], as: UTF8.self))
                start = end
            }
            return .identities(keys: keys, texts: texts)
        }
    }

    private mutating func shiftEnds(by count: Int) {
        guard let start = ends.start else { return }
        for index in 0..<ends.count { start[index] -= count }
    }

    mutating func free() {
        numbers.free()
        codes.free()
        keys.free()
        bytes.free()
        ends.free()
        levels.free()
        words.free()
        forms.free()
    }
}
