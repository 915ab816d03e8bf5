import Texts

/// The texts of a column that are no plain numbers, each with its part, the rows it stands in and the first of them. Its owner
/// frees it.
struct WordTally {
    /// What a text is in a column of numbers.
    enum Part: UInt8, Sendable {
        /// Missing by the usual texts or by those of the spec, or blank.
        case missing
        /// Missing by a further mark among numbers.
        case mark
        /// true or false.
        case truth
        /// Too large for a Double, or a word for infinity.
        case infinite
        /// In the way.
        case stray
    }

    private var words = LevelTable()
    private var parts = GrowingBuffer<UInt8>()
    private var values = GrowingBuffer<Double>()
    private var rows = GrowingBuffer<Int>()
    private var first = GrowingBuffer<Int>()
    /// Rows by part.
    private(set) var missingRows = 0
    private(set) var markRows = 0
    private(set) var truthRows = 0
    private(set) var infiniteRows = 0
    private(set) var strayRows = 0
    /// More distinct words than this are counted, not kept: the column is one of texts, or the spec is wrong.
    private static let limit = 100_000

    /// Whether anything stands in the way of reading the column as numbers.
    var hasStrays: Bool { strayRows + infiniteRows > 0 }

    /// Takes a word in.
    /// - Parameter classify: called once for each distinct word.
    /// - Returns: its value, NaN where it has none; nil where it is not valid UTF-8.
    mutating func take(
        _ start: UnsafePointer<UInt8>, count: Int, record: Int, classify: () -> (Part, Double)
    ) -> Double? {
        guard words.count < Self.limit || words.contains(start, length: count) else {
            guard UTF8Text.isValid(start, count: count) else { return nil }
            let (part, value) = classify()
            add(part)
            return value
        }
        let before = words.count
        guard let word = words.number(start, length: count).map(Int.init) else { return nil }
        if words.count > before {
            let (part, value) = classify()
            parts.append(part.rawValue)
            values.append(value)
            rows.append(0)
            first.append(record)
        }
        rows.start.unsafelyUnwrapped[word] += 1
        add(Part(rawValue: parts.start.unsafelyUnwrapped[word]) ?? .stray)
        return values.start.unsafelyUnwrapped[word]
    }

    /// Adds words that were tallied apart, as if each had been taken in at its record.
    /// - Parameter record: the record here that the first of theirs is.
    /// - Complexity: O(distinct words).
    mutating func add(_ other: WordTally, from record: Int) {
        for word in 0..<other.words.count {
            let part = Part(rawValue: other.parts[word]) ?? .stray
            let (count, value) = (other.rows[word], other.values[word])
            other.words.withBytes(of: word) { start, length in
                guard words.count < Self.limit || words.contains(start, length: length) else { return }
                let before = words.count
                guard let own = words.number(start, length: length).map(Int.init) else { return }
                if words.count > before {
                    parts.append(part.rawValue)
                    values.append(value)
                    rows.append(0)
                    first.append(record + other.first[word])
                }
                rows.start.unsafelyUnwrapped[own] += count
            }
            add(part, rows: count)
        }
    }

    private mutating func add(_ part: Part, rows: Int = 1) {
        switch part {
        case .missing: missingRows += rows
        case .mark: markRows += rows
        case .truth: truthRows += rows
        case .infinite: infiniteRows += rows
        case .stray: strayRows += rows
        }
    }

    /// Distinct words that are in the way of a column of numbers; true and false are where there are other numbers.
    func distinctInTheWay(amongNumbers: Bool) -> Int {
        guard let start = parts.start else { return 0 }
        return UnsafeBufferPointer(start: start, count: parts.count).count { raw in
            switch Part(rawValue: raw) {
            case .stray, .infinite: true
            case .truth: amongNumbers
            default: false
            }
        }
    }

    /// The words, those of most rows first.
    func list(lines: RecordLines) -> [ColumnTexts.Word] {
        words.names.enumerated().map { index, text in
            ColumnTexts.Word(
                text: text, part: Part(rawValue: parts.start.unsafelyUnwrapped[index]) ?? .stray,
                rows: rows.start.unsafelyUnwrapped[index],
                line: lines.line(of: first.start.unsafelyUnwrapped[index]))
        }.sorted { ($1.rows, $0.line) < ($0.rows, $1.line) }
    }

    mutating func free() {
        words.free()
        parts.free()
        values.free()
        rows.free()
        first.free()
    }
}
