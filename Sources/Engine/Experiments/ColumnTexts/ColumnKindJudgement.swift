/// What a column is, judged on its texts. The one place that decides it: for specs that leave a covariate's kind open, for
/// joined files and for proposals alike.
enum ColumnKindJudgement: Sendable, Equatable {
    /// Every value that is there is a number, or every one is true or false.
    case numeric
    /// Nearly all are numbers, and a few texts are in the way.
    case nearlyNumeric
    /// Texts among which many are numbers.
    case mixed
    /// Hardly any number.
    case text

    /// From this share of numbers on the other texts are in the way.
    private static let nearlyAll = 0.9
    /// Up to this share of numbers they are texts like any other.
    private static let hardlyAny = 0.1
    /// So few distinct texts among so many distinct numbers are in the way already from one half on.
    private static let fewWords = 3
    private static let manyNumbers = 20

    /// - Parameters:
    ///   - numberRows: rows that hold a number.
    ///   - truthRows: rows that hold true or false.
    ///   - infiniteRows: rows that hold a number too large, or a word for infinity.
    ///   - strayRows: rows that hold any other text.
    ///   - distinctWords: distinct texts that are in the way.
    ///   - distinctNumbers: asked for only where it decides.
    init(
        numberRows: Int, truthRows: Int, infiniteRows: Int, strayRows: Int, distinctWords: Int,
        distinctNumbers: () -> Int
    ) {
        guard strayRows + infiniteRows > 0 || (truthRows > 0 && numberRows > 0) else {
            self = .numeric
            return
        }
        let there = Double(numberRows + truthRows + infiniteRows + strayRows)
        // What is too large for a number was meant as one, among numbers.
        let share = numberRows == 0 ? 0 : Double(numberRows + infiniteRows) / there
        if share >= Self.nearlyAll {
            self = .nearlyNumeric
        } else if share >= 0.5, distinctWords <= Self.fewWords, distinctNumbers() >= Self.manyNumbers {
            self = .nearlyNumeric
        } else {
            self = share < Self.hardlyAny ? .text : .mixed
        }
    }

    /// Of a column as it was read.
    init(_ texts: ColumnTexts, distinctNumbers: () -> Int) {
        let truths = texts.rows(.truth)
        self.init(
            numberRows: texts.numberRows, truthRows: truths, infiniteRows: texts.rows(.infinite),
            strayRows: texts.rows(.stray),
            distinctWords: texts.words.count {
                $0.part == .stray || $0.part == .infinite || ($0.part == .truth && texts.numberRows > 0)
            }, distinctNumbers: distinctNumbers)
    }
}
