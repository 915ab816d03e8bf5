/// One column of an answer, nil where the engine says NULL.
package enum AnswerColumn: Sendable, Equatable {
    case integers([Int?])
    case doubles([Double?])
    case texts([String?])

    /// What a column is asked for as.
    package enum Kind: Sendable {
        case integer, double, text
    }

    package var integers: [Int?] { if case .integers(let values) = self { values } else { [] } }
    package var doubles: [Double?] { if case .doubles(let values) = self { values } else { [] } }
    package var texts: [String?] { if case .texts(let values) = self { values } else { [] } }
}
