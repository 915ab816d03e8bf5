/// How an outcome stands to its limit.
package enum LimitMark: Sendable, Hashable, CaseIterable {
    /// The whole interval is inside.
    case inside
    /// The estimate is inside, the interval is not.
    case unsure
    /// The estimate is outside.
    case outside

    package func glyph(_ glyphs: GlyphSet) -> Unicode.Scalar {
        switch self {
        case .inside: glyphs.check
        case .unsure: glyphs.unsure
        case .outside: glyphs.cross
        }
    }

    package var role: Role {
        switch self {
        case .inside: .good
        case .unsure: .warning
        case .outside: .bad
        }
    }

    /// The mark in its colour.
    package func text(_ glyphs: GlyphSet) -> StyledText { StyledText(String(glyph(glyphs)), Style(role)) }
}
