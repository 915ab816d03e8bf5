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
}
