extension TextWidth {
    /// A name cut to at most `width` columns so that it can still be told from the names beside it: where those begin alike, the
    /// ellipsis stands in the middle and what differs follows it.
    ///
    /// `notification_cap_10` among `notification_cap_1` and others is "notif…_10" in nine columns; `sessions_per_week` beside
    /// `sessions_per_day` is "sess…week".
    /// - Parameter names: those beside it; the name itself among them changes nothing.
    package static func shorten(
        _ name: String, among names: some Sequence<String>, to width: Int, ellipsis: Unicode.Scalar
    ) -> String {
        var cells: [(scalar: Unicode.Scalar, width: Int)] = []
        forEachCell(of: name) { cells.append(($0, $1)) }
        let whole = cells.reduce(0) { $0 + $1.width }
        guard whole > width, width > 3 else { return truncate(name, to: width, ellipsis: ellipsis) }
        let shared = min(cells.count, names.lazy.map { $0 == name ? 0 : sharedCount(name, $0) }.max() ?? 0)
        let room = width - 1
        let head = cells.prefix(shared + 1).reduce(0) { $0 + $1.width }
        // What differs is in sight with the beginning alone.
        if head <= room { return truncate(name, to: width, ellipsis: ellipsis) }
        // Names that differ only by where they end differ by what is before the end.
        let telling = min(shared, cells.count - 1)
        let least = max(1, room / 3)
        let needed = cells[telling...].reduce(0) { $0 + $1.width }
        if needed <= room - least {
            let tail = suffix(of: cells, within: max(needed, room / 2))
            return text(cells.prefix(fit(cells.map(\.width), into: room - tail.width, reserving: 0).kept))
                + String(ellipsis) + text(tail.cells)
        }
        // The end is cut, too: one more ellipsis.
        let middle = cells[telling...]
        let kept = fit(middle.map(\.width), into: room - 1 - least, reserving: 0).kept
        return text(cells.prefix(fit(cells.map(\.width), into: least, reserving: 0).kept)) + String(ellipsis)
            + text(middle.prefix(kept)) + String(ellipsis)
    }

    /// `text` cut to at most `width` columns with the ellipsis in its middle.
    package static func cutMiddle(_ text: String, to width: Int, ellipsis: Unicode.Scalar) -> String {
        var cells: [(scalar: Unicode.Scalar, width: Int)] = []
        forEachCell(of: text) { cells.append(($0, $1)) }
        guard cells.reduce(0, { $0 + $1.width }) > width else { return text }
        guard width > 2 else { return truncate(text, to: width, ellipsis: ellipsis) }
        let tail = suffix(of: cells, within: (width - 1) / 2)
        let head = fit(cells.map(\.width), into: width - 1 - tail.width, reserving: 0).kept
        return self.text(cells.prefix(head)) + String(ellipsis) + self.text(tail.cells)
    }

    /// How many scalars two names begin with alike.
    private static func sharedCount(_ a: String, _ b: String) -> Int {
        zip(a.unicodeScalars, b.unicodeScalars).prefix { $0 == $1 }.count
    }

    private static func suffix(
        of cells: [(scalar: Unicode.Scalar, width: Int)], within width: Int
    ) -> (cells: ArraySlice<(scalar: Unicode.Scalar, width: Int)>, width: Int) {
        var taken = 0
        var start = cells.count
        while start > 0, taken + cells[start - 1].width <= width {
            start -= 1
            taken += cells[start].width
        }
        return (cells[start...], taken)
    }

    private static func text(_ cells: ArraySlice<(scalar: Unicode.Scalar, width: Int)>) -> String {
        String(String.UnicodeScalarView(cells.map(\.scalar)))
    }
}
