/// How a number is shown.
package enum NumberFormat: Sendable, Hashable {
    /// So many decimals.
    case fixed(Int)
    /// So many decimals, and a plus sign when positive.
    case signed(Int)
    /// A fraction as a percentage with so many decimals.
    case percent(Int)
    /// A fraction as a percentage with a plus sign when positive.
    case signedPercent(Int)
    /// So many significant digits; powers of ten only when very large or small.
    case significant(Int)
    /// At most four characters or so: `950`, `12.3k`, `4.5M`.
    case compact

    /// The same with no fewer decimals of the value than these, where it has decimals at all.
    func with(decimals least: Int) -> NumberFormat {
        switch self {
        case .fixed(let decimals): .fixed(max(decimals, least))
        case .signed(let decimals): .signed(max(decimals, least))
        case .percent(let decimals): .percent(max(decimals, least - 2))
        case .signedPercent(let decimals): .signedPercent(max(decimals, least - 2))
        case .significant, .compact: self
        }
    }
}
