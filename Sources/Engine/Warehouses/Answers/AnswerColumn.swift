/// One column of an answer, nil where the engine says NULL.
package enum AnswerColumn: Sendable, Equatable {
    case integers([Int?])
    case doubles([Double?])
    case texts([String?])

    /// What a column is asked for as.
    package enum Kind: Sendable {
        case integer, double, text
    }

    static func empty(_ kind: Kind) -> AnswerColumn {
        switch kind {
        case .integer: .integers([])
        case .double: .doubles([])
        case .text: .texts([])
        }
    }

    /// Adds the rows of a batch.
    /// - Returns: about how many bytes they are; nil where the column is not of the kind.
    mutating func append(_ kind: Kind, of rows: ArrowRows, column: Int) -> Int? {
        guard rows.formats.indices.contains(column) else { return nil }
        switch kind {
        case .integer:
            guard let more = rows.integers(column) else { return nil }
            self = .integers(integers + more)
        case .double:
            guard let more = rows.doubles(column) else { return nil }
            self = .doubles(doubles + more)
        case .text:
            guard let more = rows.texts(column) else { return nil }
            self = .texts(texts + more)
            return more.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        }
        return 8 * rows.rowCount
    }

    package var integers: [Int?] { if case .integers(let values) = self { values } else { [] } }
    package var doubles: [Double?] { if case .doubles(let values) = self { values } else { [] } }
    package var texts: [String?] { if case .texts(let values) = self { values } else { [] } }
}
