import Texts

/// Rows under a header: aligned columns, a window that scrolls, a row with the focus.
package struct Table: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        /// How wide a column is.
        package enum Width: Sendable, Hashable {
            case fixed(Int)
            /// As wide as its widest entry, at most this.
            case fitting(max: Int)
            /// What is left, shared with other such columns, but at least this.
            case flexible(min: Int)
        }

        package var title: String
        package var width: Width
        package var align: Alignment

        package init(_ title: String, width: Width = .fitting(max: 40), align: Alignment = .left) {
            self.title = title
            self.width = width
            self.align = align
        }
    }

    package var columns: [Column]
    package var rows: [[StyledText]]
    /// The row with the focus.
    package var selected: Int?
    /// The first row to show.
    package var offset: Int
    /// Columns between two columns.
    package var gap: Int
    package var showsHeader: Bool

    package init(
        columns: [Column], rows: [[StyledText]], selected: Int? = nil, offset: Int = 0, gap: Int = 1,
        showsHeader: Bool = true
    ) {
        self.columns = columns
        self.rows = rows
        self.selected = selected
        self.offset = offset
        self.gap = min(max(gap, 0), 64)
        self.showsHeader = showsHeader
    }

    /// Rows of data that fit into a rectangle of this height.
    package func capacity(height: Int) -> Int { max(height - (showsHeader ? 1 : 0), 0) }

    /// The offset nearest to `offset` that keeps row `selected` among `capacity` visible rows.
    package static func offset(_ offset: Int, showing selected: Int, capacity: Int, count: Int) -> Int {
        guard capacity > 0, count > capacity else { return 0 }
        let selected = min(max(selected, 0), count - 1)
        let offset = min(max(offset, selected - capacity + 1), selected)
        return min(max(offset, 0), count - capacity)
    }

    /// Draws the header and the visible rows. The last column of the rectangle shows arrows when there is more.
    package func draw(in rect: Rect, of frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let visible = capacity(height: rect.height)
        let first = min(max(offset, 0), max(rows.count - visible, 0))
        let scrolls = rows.count > visible
        let body = scrolls ? rect.splitRight(1).rest : rect
        let widths = columnWidths(in: body.width)
        var line = 0
        if showsHeader {
            draw(columns.map { StyledText($0.title, .secondary) }, widths, in: body.row(0), of: &frame)
            line = 1
        }
        for index in first..<min(first + visible, rows.count) {
            let row = body.row(line)
            draw(rows[index], widths, in: row, of: &frame)
            frame.mark(.row(index), row)
            if index == selected {
                // Without colour the mark alone tells the row.
                if frame[row.x, row.y].scalar == " " {
                    frame.write(String(frame.glyphs.focus), x: row.x, y: row.y, in: row)
                }
                frame.apply(.focus, in: row)
            }
            line += 1
        }
        guard scrolls, visible > 0 else { return }
        let edge = rect.splitRight(1).right
        let top = edge.y + (showsHeader ? 1 : 0)
        if first > 0 { frame.write(String(frame.glyphs.more), x: edge.x, y: top, style: .secondary, in: rect) }
        if first + visible < rows.count {
            frame.write(String(frame.glyphs.more), x: edge.x, y: edge.maxY - 1, style: .secondary, in: rect)
        }
    }

    /// The width of each column in `width` columns of screen.
    package func columnWidths(in width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            switch columns[index].width {
            case .fixed(let width): min(max(width, 0), Rect.bound)
            case .fitting(let maximum): min(contentWidth(index), max(maximum, 0))
            case .flexible(let minimum): min(max(minimum, 0), Rect.bound)
            }
        }
        let flexible = columns.indices.filter { if case .flexible = columns[$0].width { true } else { false } }
        let spare = width - widths.reduce(0, +) - gap * max(columns.count - 1, 0)
        if spare > 0, !flexible.isEmpty {
            for (rank, index) in flexible.enumerated() {
                widths[index] += spare / flexible.count + (rank < spare % flexible.count ? 1 : 0)
            }
        }
        return widths
    }

    private func contentWidth(_ column: Int) -> Int {
        rows.reduce(TextWidth.width(of: columns[column].title)) { widest, row in
            column < row.count ? max(widest, row[column].width) : widest
        }
    }

    private func draw(_ entries: [StyledText], _ widths: [Int], in row: Rect, of frame: inout Frame) {
        var x = row.x
        for (index, width) in widths.enumerated() {
            let place = Rect(x: x, y: row.y, width: width, height: 1).intersection(row)
            if index < entries.count { frame.write(entries[index], in: place, align: columns[index].align) }
            x += width + gap
        }
    }
}
