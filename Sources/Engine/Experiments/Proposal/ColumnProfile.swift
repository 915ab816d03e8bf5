/// What a column looks like to somebody who has to guess its part.
struct ColumnProfile {
    let name: String
    /// The words of the name in lower case: `lastVisit_2` is last, visit, 2.
    let words: [String]
    let isNumeric: Bool
    let missing: Int
    /// Distinct values, counted up to `manyValues`.
    let distinct: Int
    /// All values that are there are 0 or 1.
    let isBinary: Bool
    let count: Int
    /// The first values that are there, as text.
    let examples: [String]

    static let manyValues = 10_000
    private static let exampleCount = 12

    init(name: String, column: Table.Column, count: Int) {
        self.name = name
        self.count = count
        words = Self.words(of: name)
        switch column {
        case .numbers(let values):
            var seen: Set<Double> = []
            for value in values where !value.isNaN && seen.count < Self.manyValues { seen.insert(value) }
            isNumeric = true
            missing = values.count { $0.isNaN }
            distinct = seen.count
            isBinary = distinct == 2 && seen.isSubset(of: [0, 1])
            examples = values.lazy.filter { !$0.isNaN }.prefix(Self.exampleCount).map {
                $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)"
            }
        case .levels(let codes, let names):
            isNumeric = false
            missing = codes.count { $0 < 0 }
            distinct = min(names.count, Self.manyValues)
            isBinary = false
            examples = codes.lazy.filter { $0 >= 0 }.prefix(Self.exampleCount).map { names[Int($0)] }
        case .keys, .identities:
            isNumeric = false
            missing = 0
            distinct = count
            isBinary = false
            examples = []
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
}

extension SpecDraft.Column {
    init(_ profile: ColumnProfile, arms: [SpecDraft.Arm]) {
        self.init(
            name: profile.name, isNumeric: profile.isNumeric, isBinary: profile.isBinary, missing: profile.missing,
            distinct: profile.distinct, examples: profile.examples, arms: arms,
            isIdentity: profile.missing == 0 && profile.distinct >= min(profile.count, ColumnProfile.manyValues))
    }
}
