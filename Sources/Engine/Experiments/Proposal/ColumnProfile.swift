import Texts

/// What a column looks like to somebody who has to guess its part.
struct ColumnProfile {
    let name: String
    /// The words of the name in lower case: `lastVisit_2` is last, visit, 2.
    let words: [String]
    /// Whether its values are numbers, as they stand or as `text` says.
    let isNumeric: Bool
    let missing: Int
    /// Rows whose field is empty or blank.
    let empty: Int
    /// Distinct values, counted up to `manyValues`.
    let distinct: Int
    /// All values that are there are 0 or 1.
    let isBinary: Bool
    let count: Int
    /// The first values that are there, as text.
    let examples: [String]
    /// What it would be as a covariate, how its values are written, and what to say of them.
    let kind: CovariateKind
    let text: TextFormat?
    let remark: String?
    /// Whether all texts are dates.
    let holdsDates: Bool
    /// A text in the way, where there are too many to list.
    let stray: String?
    /// Whether it holds whole numbers past those that a Double tells apart.
    let isPastDoubles: Bool

    static let manyValues = 10_000
    static let exampleCount = 12
    /// A code has so many levels at most.
    private static let mostVersions = 50
    /// So many texts in the way are listed as missing.
    private static let mostStrays = 5

    init(name: String, column: Table.Column, texts: ColumnTexts, count: Int, examples: [String]) {
        self.name = name
        self.examples = examples
        self.count = count
        words = Self.words(of: name)
        switch column {
        case .numbers(let values):
            var seen: Set<Double> = []
            for value in values where !value.isNaN && seen.count < Self.manyValues { seen.insert(value) }
            missing = values.count { $0.isNaN }
            empty = missing - texts.words.reduce(0) { $0 + ($1.part == .truth ? 0 : $1.rows) }
            distinct = seen.count
            isBinary = distinct == 2 && seen.isSubset(of: [0, 1])
            holdsDates = DateTexts.timeUnit(of: values, words: words) != nil
            isPastDoubles = values.contains { abs($0) >= 0x1p53 }
            isNumeric = true
            let reading = NumericReading(values, texts, distinct: distinct)
            (text, remark, stray) = (reading.text, reading.remark, reading.stray)
            // What is named like an id and is not one is a class.
            kind = words.contains(where: ProposalWords.identity.contains) ? .categorical : reading.kind
        case .levels(let codes, let names):
            missing = codes.count { $0 < 0 }
            empty = missing - texts.words(.missing).reduce(0) { $0 + $1.rows }
            distinct = min(names.count, Self.manyValues)
            holdsDates = DateTexts.areDates(names)
            isPastDoubles = false
            let marks = names.filter(MissingText.isMark)
            let format = holdsDates ? nil : Self.format(names, marks: marks, texts)
            isBinary = format?.yes != nil
            isNumeric = format != nil
            // Yes and No are two levels as good as any.
            kind = format == nil || isBinary ? .categorical : .numeric
            text = format
            remark = format == nil ? nil : "written as \(names.first { !marks.contains($0) } ?? "")"
            stray = nil
        case .keys, .identities:
            isNumeric = false
            missing = 0
            empty = 0
            distinct = count
            isBinary = false
            (kind, text, remark, stray) = (.categorical, nil, nil, nil)
            holdsDates = false
            isPastDoubles = false
        }
    }

    /// How levels are written, if they are numbers or yes and no after all.
    private static func format(_ names: [String], marks: [String], _ texts: ColumnTexts) -> TextFormat? {
        let words = names.filter { !marks.contains($0) && Double($0)?.isFinite != true }
        // A word and a mark are a yes and a no.
        if words.count == 1, marks.count == 1, names.count == 2, !marks[0].contains(where: \.isLetter) {
            let answers = TextFormat(yes: words, no: marks)
            return answers.isWritable ? answers : nil
        }
        guard !words.isEmpty,
            var format = TextFormat.guess(words, besideNumbers: words.count + marks.count < names.count)
        else { return nil }
        if !marks.isEmpty { format.missing = marks.sorted() }
        return format.isWritable ? format : nil
    }

    /// What a column of numbers would be, and how it is written.
    private struct NumericReading {
        var kind = CovariateKind.numeric
        var text: TextFormat?
        var remark: String?
        var stray: String?

        init(_ values: [Double], _ texts: ColumnTexts, distinct: Int) {
            let marks = texts.words(.mark).map(\.text)
            let inTheWay = texts.inTheWay
            if !inTheWay.isEmpty, let format = TextFormat.guess(texts) {
                text = format
                text?.missing = marks.isEmpty ? nil : marks
                remark = "some written as \(inTheWay[0].text)"
            } else if inTheWay.count > ColumnProfile.mostStrays {
                stray = inTheWay[0].text
            } else if !inTheWay.isEmpty || !marks.isEmpty {
                text = TextFormat(missing: marks + inTheWay.map(\.text))
                if let first = inTheWay.first { remark = "holds \(first.text) on line \(first.line)" }
            } else if let sentinel = ColumnNote.Sentinel(values) {
                let value = HealthText.significant(sentinel.value)
                text = TextFormat(missing: [value])
                remark = "\(value) in \(HealthText.count(sentinel.rows, "row")) seems to stand for missing"
            } else if let forms = texts.forms {
                if let width = forms.width {
                    kind = .categorical
                    remark = "codes of \(width) digits, some with zeros first"
                } else if let example = forms.example, distinct <= ColumnProfile.mostVersions {
                    kind = .categorical
                    remark = "\(example.text) is a text of its own"
                }
            }
            if text?.isWritable == false {
                text = nil
                stray = inTheWay.first?.text ?? marks.first
            }
        }
    }

    /// Cut at whatever is no letter or digit, before a capital after a small letter, and between letters and digits.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Character?
        for character in name {
            let isPart = character.isLetter || character.isNumber
            let turns =
                previous.map { before in
                    (before.isLowercase && character.isUppercase) || (before.isLetter && character.isNumber)
                        || (before.isNumber && character.isLetter)
                } ?? false
            if !isPart || turns, !word.isEmpty {
                words.append(word.lowercased())
                word = ""
            }
            if isPart { word.append(character) }
            previous = character
        }
        return word.isEmpty ? words : words + [word.lowercased()]
    }

    func hasWord(in list: Set<String>) -> Bool {
        words.contains { word in list.contains(word) || word.hasSuffix("s") && list.contains(String(word.dropLast())) }
    }

    /// Whether the name says that it was measured after exposure.
    var isNamedLikeOutcome: Bool {
        !hasWord(in: ProposalWords.earlier)
            && (hasWord(in: ProposalWords.outcome) || hasWord(in: ProposalWords.minimised))
    }

    /// Whether its name is that of another column with further words (`converted_date`).
    func extends(_ other: ColumnProfile) -> Bool {
        func plain(_ words: [String]) -> Set<String> {
            Set(words.map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 })
        }
        let theirs = plain(other.words)
        return !theirs.isEmpty && theirs.isSubset(of: plain(words)) && words.count > other.words.count
            && !hasWord(in: ProposalWords.earlier)
    }
}

extension SpecDraft.Column {
    init(_ profile: ColumnProfile, arms: [SpecDraft.Arm], isIdentity: Bool) {
        self.init(
            name: profile.name, isNumeric: profile.isNumeric, isBinary: profile.isBinary, missing: profile.missing,
            distinct: profile.distinct, examples: profile.examples, arms: arms, isIdentity: isIdentity,
            kind: profile.kind, text: profile.text, remark: profile.remark)
    }

    /// A column whose name no spec can hold, or whose values nobody reads.
    init(unusable name: String) {
        self.init(
            name: name, isNumeric: false, isBinary: false, missing: 0, distinct: 0, examples: [], arms: [],
            isIdentity: false, kind: .categorical, text: nil, remark: nil)
    }
}
