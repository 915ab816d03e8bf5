/// A correlation as one character, in the heat maps of text and screen.
package enum CorrelationMark: Character, Sendable, CaseIterable {
    case strong = "#"
    case medium = "+"
    case weak = "."
    case none = " "
    case opposed = "-"
    case stronglyOpposed = "="

    package init(_ correlation: Double) {
        self =
            switch correlation {
            case 0.75...: .strong
            case 0.5...: .medium
            case 0.25...: .weak
            case ..<(-0.5): .stronglyOpposed
            case ..<(-0.25): .opposed
            default: .none
            }
    }
}
