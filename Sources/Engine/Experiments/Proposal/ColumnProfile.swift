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

    static let manyValues = 10_000

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
        case .levels(let codes, let names):
            isNumeric = false
            missing = codes.count { $0 < 0 }
            distinct = min(names.count, Self.manyValues)
            isBinary = false
        case .keys, .identities:
            isNumeric = false
            missing = 0
            distinct = count
            isBinary = false
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
