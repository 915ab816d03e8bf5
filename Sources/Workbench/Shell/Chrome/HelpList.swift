import Frames

/// Keys and what they do, made from a key table.
enum HelpList {
    /// The keys of the state's screen: its own first, then those that hold everywhere.
    static func draw(_ state: WorkbenchState, _ offset: Int, in rect: Rect, of frame: inout Frame) {
        let lines = KeyTable.bindings(state.screen).map { line($0.keys, $0.name) }
        draw(lines, title: "keys of \(state.screen.title)", offset, in: rect, of: &frame)
    }

    static func line(_ keys: [Key], _ name: String) -> StyledText {
        StyledText(keys.map(\.displayName).joined(separator: " "), .key).padded(to: 9, align: .right)
            + StyledText("  \(name)")
    }

    static func draw(_ lines: [StyledText], title: String, _ offset: Int, in rect: Rect, of frame: inout Frame) {
        let width = (lines.map(\.width).max() ?? 0) + 2
        // Two columns where every name fits whole.
        let columns = rect.width - 2 >= 2 * width ? 2 : 1
        let perColumn = (lines.count + columns - 1) / columns
        let inside = Overlays.box(
            rect, width: columns * width + 2, height: perColumn + 2, title: title, of: &frame)
        let scrolls = perColumn > inside.height
        let (area, foot) = scrolls ? inside.splitBottom(1) : (inside, inside.splitBottom(0).bottom)
        let first = max(0, min(offset, perColumn - area.height))
        for column in 0..<columns {
            let place = Rect(
                x: area.x + column * (area.width / columns), y: area.y, width: area.width / columns,
                height: area.height)
            for row in 0..<area.height where first + row < perColumn {
                let index = column * perColumn + first + row
                if index < lines.count { frame.write(lines[index], in: place, row: row) }
            }
        }
        guard scrolls else { return }
        let rest = perColumn - first - area.height
        let more = rest > 0 ? "\(frame.glyphs.more) \(rest) more" : "\(frame.glyphs.more) the first"
        frame.write(" \(more)   j/k scroll, any other key closes", in: foot, style: .key)
    }
}
