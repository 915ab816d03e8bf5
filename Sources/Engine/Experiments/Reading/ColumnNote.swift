/// What was seen of the texts of an outcome's or a covariate's column and may not be what was meant; the health checks judge it.
package struct ColumnNote: Sendable, Equatable {
    /// A text, the rows it stands in, and the line of the first.
    package struct TextCount: Sendable, Equatable {
        package var text: String
        package var rows: Int
        package var line: Int
    }

    /// A level and its rows.
    package struct LevelCount: Sendable, Equatable {
        package var level: String
        package var rows: Int
    }

    /// A number that seems to stand for a missing value.
    package struct Sentinel: Sendable, Equatable {
        package var value: Double
        package var rows: Int
        /// The values that are nearest and furthest from it.
        package var rest: ClosedRange<Double>
    }

    package var name: String
    package var isOutcome: Bool
    /// The file that holds it.
    package var file = ""
    package var rowCount = 0
    /// Marks among numbers that were taken for missing without being declared, those of most rows first.
    package var marks: [TextCount] = []
    /// Texts among levels that were taken for missing, such as NA.
    package var missingLevels: [TextCount] = []
    /// Texts that stand for missing everywhere or by the spec, such as NULL among numbers, without blanks.
    package var missingTexts: [String] = []
    /// Of a column that was left to its texts and has become one of levels although many of them are numbers: how many, and
    /// the other texts.
    package var numberRows = 0
    package var otherTexts: [TextCount] = []
    package var otherTextCount = 0
    /// How all levels of such a column are written, if they are numbers after all.
    package var format: TextFormat?
    /// Whether levels are dates.
    package var holdsDates = false
    /// Distinct levels.
    package var levelCount = 0
    /// One of many levels that all begin with a digit and are written in no way that is known, as quantities with units are.
    package var quantityExample: String?
    /// Levels that are one when blanks, letter case and the like do not count, two by two with their rows, and how many such
    /// pairs there are.
    package var alikeLevels: [[LevelCount]] = []
    package var alikeCount = 0
    /// Rows with leading zeros, the width of all texts if they have one, and numbers of several texts with an example.
    package var leadingZeros = 0
    package var width: Int?
    package var doubledNumbers = 0
    package var doubledExample: [String] = []
    package var sentinel: Sentinel?
    /// What numbers that are times count, such as "seconds since 1970"; nil where they are none.
    package var timeUnit: String?
    /// Whether Float32 holds all values apart that differ; false where nothing but two of many is left.
    package var isHeldApart = true

    /// More levels than this that begin with digits are quantities rather than classes.
    private static let mostPlainLevels = 20
    /// So many texts are kept as examples.
    private static let exampleCount = 5

    init(_ name: String, isOutcome: Bool, texts: ColumnTexts) {
        self.name = name
        self.isOutcome = isOutcome
        file = texts.file
        rowCount = texts.rowCount
        func counts(_ words: [ColumnTexts.Word]) -> [TextCount] {
            words.prefix(Self.exampleCount).map { TextCount(text: $0.text, rows: $0.rows, line: $0.line) }
        }
        marks = counts(texts.words(.mark))
        missingLevels = counts(texts.levelsTakenForMissing)
        missingTexts = texts.words(.missing).map(\.text).filter { text in
            text.unicodeScalars.contains { !$0.properties.isWhitespace }
        }.prefix(Self.exampleCount).map { $0 }
        if texts.isJudged, texts.isOfLevels, texts.numberRows > 0,
            10 * texts.numberRows >= texts.rowCount - texts.levelsTakenForMissing.reduce(0, { $0 + $1.rows })
        {
            numberRows = texts.numberRows
        }
        isLeftToTexts = texts.isJudged
        if let forms = texts.forms {
            leadingZeros = forms.leadingZeros
            width = forms.width
            doubledNumbers = forms.doubled
            if let example = forms.example { doubledExample = [Self.plain(example.value), example.text] }
        }
    }

    /// Whether the spec left the kind to the texts.
    private var isLeftToTexts = false

    private static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    /// What the levels of a column of texts show.
    mutating func noteLevels(_ names: [String], codes: [Int32]) {
        levelCount = names.count
        holdsDates = DateTexts.areDates(names)
        if !holdsDates { noteAlike(names, codes) }
        guard isLeftToTexts, !holdsDates else { return }
        if numberRows > 0 {
            let others = names.filter { Double($0)?.isFinite != true }
            otherTextCount = others.count
            otherTexts = others.prefix(Self.exampleCount).map { TextCount(text: $0, rows: 0, line: 0) }
        }
        let words = names.filter { !MissingText.isMark($0) }
        if words.count > 2,
            let guess = TextFormat.guess(words.filter { Double($0) == nil }, besideNumbers: numberRows > 0),
            guess.yes == nil
        {
            format = guess
        }
        if format == nil, numberRows == 0, names.count > Self.mostPlainLevels,
            names.allSatisfy({ $0.first?.isNumber == true || ($0.first == "P" && $0.contains(where: \.isNumber)) })
        {
            quantityExample = names.first
        }
    }

    private mutating func noteAlike(_ names: [String], _ codes: [Int32]) {
        let pairs = IdSpelling.pairs(in: names)
        guard !pairs.isEmpty else { return }
        var rows = Array(repeating: 0, count: names.count)
        for code in codes where code >= 0 { rows[Int(code)] += 1 }
        let count = Dictionary(zip(names, rows)) { one, other in one + other }
        alikeCount = pairs.count
        alikeLevels = pairs.prefix(Self.exampleCount).map { one, other in
            [one, other].map { LevelCount(level: $0, rows: count[$0] ?? 0) }
                .sorted { ($1.rows, $0.level) < ($0.rows, $1.level) }
        }.sorted { ($1[1].rows, $0[0].level) < ($0[1].rows, $1[0].level) }
    }

    /// What the values of a column of numbers show.
    mutating func noteNumbers(_ values: [Double]) {
        sentinel = Sentinel(values)
        timeUnit = DateTexts.timeUnit(of: values, words: ColumnProfile.words(of: name))
    }
}
