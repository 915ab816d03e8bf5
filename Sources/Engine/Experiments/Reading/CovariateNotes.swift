import Texts

/// What was read otherwise than it stands while new units were read: levels that are not known, and marks of missing numbers.
package struct CovariateNotes: Sendable, Equatable {
    /// A sentence for each column that has something to say, without its full stop.
    package let sentences: [String]

    /// Levels of one covariate that its encoding lacks.
    struct UnknownLevels {
        private(set) var units = 0
        private(set) var example: String?

        /// Counts those of some records.
        /// - Returns: the first record of them, if the column had none before.
        mutating func count(_ codes: [Int32], _ names: [String], _ values: [Float]) -> (record: Int, text: String)? {
            var first: Int?
            for (record, code) in codes.enumerated() where code >= 0 && values[record].isNaN {
                units += 1
                if first == nil { first = record }
            }
            guard let first, example == nil else { return nil }
            example = names[Int(codes[first])]
            return (first, names[Int(codes[first])])
        }
    }

    init(
        _ columns: [CovariateSource.Column], unknown: [UnknownLevels], texts: [String: ColumnTexts], unitCount: Int
    ) {
        sentences = zip(columns, unknown).flatMap { column, unknown in
            [
                Self.sentence(unknown, column, unitCount: unitCount),
                texts[column.name].flatMap { Self.sentence($0, column, unitCount: unitCount) },
            ].compactMap { $0 }
        }
    }

    private static func units(_ count: Int, of total: Int) -> String {
        "\(HealthText.count(count)) of \(HealthText.count(total, "unit"))"
    }

    private static func sentence(
        _ unknown: UnknownLevels, _ column: CovariateSource.Column, unitCount: Int
    ) -> String? {
        guard let example = unknown.example else { return nil }
        let hint = hint(example, column.encoding).map { " (\($0))" } ?? ""
        return
            "\(DisplayText.escaped(column.name)): \(units(unknown.units, of: unitCount)) have a level the policy has never seen, "
            + "such as \(DisplayText.quoted(example))\(hint); they are scored as if it were missing, and --unseen error "
            + "refuses them"
    }

    private static func sentence(
        _ texts: ColumnTexts, _ column: CovariateSource.Column, unitCount: Int
    ) -> String? {
        let marks = texts.words(.mark)
        guard let first = marks.min(by: { $0.line < $1.line }) else { return nil }
        return
            "\(DisplayText.escaped(column.name)): \(DisplayText.quoted(first.text)) among numbers in "
            + "\(units(marks.reduce(0) { $0 + $1.rows }, of: unitCount)), first on line \(first.line), is taken for missing; "
            + "correct it, or leave it empty if it is missing"
    }

    /// The level that was probably meant.
    static func hint(_ text: String, _ encoding: CovariateEncoding) -> String? {
        guard case .categorical(let levels) = encoding else { return nil }
        let plain = IdSpelling.plain(text)
        return levels.first { IdSpelling.plain($0) == plain }.map { "perhaps \(DisplayText.quoted($0)) is meant" }
            ?? NearestName.hint(text, among: levels)
    }
}
