import Frames

/// The rows of a list that are seen, with marks at the edge where there are more.
struct ScrollWindow {
    let first: Int
    let shown: Range<Int>
    private let count: Int

    /// - Parameters:
    ///   - focus: kept in view, in the middle where possible.
    ///   - room: rows of screen.
    init(count: Int, focus: Int, room: Int) {
        self.count = count
        let room = max(0, room)
        first = max(0, min(focus - room / 2, count - room))
        shown = first..<min(count, first + room)
    }

    /// Marks in the last column of the rows from `top` on.
    func drawMarks(in rect: Rect, top: Int, of frame: inout Frame) {
        guard !shown.isEmpty else { return }
        if first > 0 {
            frame.write(String(frame.glyphs.more), x: rect.maxX - 1, y: rect.y + top, style: .secondary, in: rect)
        }
        if shown.upperBound < count {
            let last = rect.y + top + shown.count - 1
            frame.write(String(frame.glyphs.more), x: rect.maxX - 1, y: last, style: .secondary, in: rect)
        }
    }
}
