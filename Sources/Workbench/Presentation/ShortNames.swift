import Frames
import Policies
import Texts

/// Names of arms and outcomes where there is no room for the whole of them: what tells them apart is kept.
extension PolicySpace {
    func arm(_ arm: Int, to width: Int, _ glyphs: GlyphSet) -> String {
        TextWidth.shorten(arms[arm], among: arms, to: width, ellipsis: glyphs.ellipsis)
    }

    func outcome(_ outcome: Int, to width: Int, _ glyphs: GlyphSet) -> String {
        TextWidth.shorten(
            outcomes[outcome].name, among: outcomes.lazy.map(\.name), to: width, ellipsis: glyphs.ellipsis)
    }
}
