import CNcurses
import Frames

/// Draws frames on ncurses' standard screen and remembers the last, so that equal cells cost nothing.
struct FrameCanvas {
    private struct Pen {
        var attributes: UInt32
        var pair: Int32
    }

    private let glyphs: GlyphSet
    private(set) var pairs = ColourPairs()
    private var pens: [Style: Pen] = [:]
    private var shown: (frame: Frame, theme: Theme, depth: ColourDepth)?

    /// For the terminal last opened by `newterm`.
    init(glyphs: GlyphSet) { self.glyphs = glyphs }

    /// Forgets what is on the screen: the next frame is drawn from scratch on a cleared one.
    mutating func forget() { shown = nil }

    /// Puts the cells that have changed; false if none has.
    mutating func draw(_ frame: Frame, theme: Theme, depth: ColourDepth, size: (width: Int, height: Int)) -> Bool {
        guard let screen = nc_stdscr() else { return false }
        let previous = shown.flatMap { $0.theme == theme && $0.depth == depth ? $0.frame : nil }
        if let previous, previous.width == frame.width, previous.cells == frame.cells { return false }
        if shown?.theme != theme || shown?.depth != depth { pens = [:] }
        if shown == nil { clearok(screen, true) }
        let same = previous.flatMap { $0.width == frame.width && $0.height == frame.height ? $0.cells : nil }
        if same == nil { werase(screen) }
        for y in 0..<min(frame.height, size.height) {
            let row = y * frame.width
            for x in 0..<min(frame.width, size.width) {
                let cell = frame.cells[row + x]
                if cell.isContinuation || same?[row + x] == cell { continue }
                put(cell, x: x, y: y, isLast: x == size.width - 1, on: screen, theme, depth)
            }
        }
        shown = (frame, theme, depth)
        wnoutrefresh(screen)
        return true
    }

    private mutating func put(
        _ cell: Cell, x: Int, y: Int, isLast: Bool, on screen: UnsafeMutablePointer<WINDOW>, _ theme: Theme,
        _ depth: ColourDepth
    ) {
        let pen = pen(for: cell.style, theme, depth)
        let isWide = cell.isWide
        let character = isWide && isLast ? " " : printable(cell.scalar, columns: isWide ? 2 : 1)
        nc_put(screen, Int32(y), Int32(x), wchar_t(bitPattern: character.value), pen.attributes, pen.pair)
        if isWide, !isLast, wcwidth(wchar_t(bitPattern: character.value)) == 1 {
            nc_put(screen, Int32(y), Int32(x + 1), 32, pen.attributes, pen.pair)
        }
    }

    /// The character itself if the locale can write it and agrees on its width, else something that fits.
    private func printable(_ scalar: Unicode.Scalar, columns: Int32) -> Unicode.Scalar {
        if scalar.value >= 0x20, scalar.value < 0x7F { return scalar }
        if glyphs == .ascii { return GlyphSet.asciiEquivalent(of: scalar) }
        return wcwidth(wchar_t(bitPattern: scalar.value)) == columns ? scalar : "?"
    }

    private mutating func pen(for style: Style, _ theme: Theme, _ depth: ColourDepth) -> Pen {
        if let pen = pens[style] { return pen }
        let appearance = theme.appearance(of: style, at: depth)
        let flags = appearance.flags
        var attributes: UInt32 = 0
        if flags.contains(.bold) { attributes |= NC_BOLD }
        if flags.contains(.reverse) { attributes |= NC_REVERSE }
        if flags.contains(.underline) { attributes |= NC_UNDERLINE }
        if flags.contains(.dimmed) { attributes |= NC_DIM }
        let pen = Pen(attributes: attributes, pair: depth == .mono ? 0 : pairs.number(for: appearance))
        pens[style] = pen
        return pen
    }
}
