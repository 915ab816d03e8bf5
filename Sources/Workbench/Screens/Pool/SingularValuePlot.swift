import Frames
import Pooling
import Texts

/// Singular values of the experiments' effects as columns, with how many of them are more than noise.
enum SingularValuePlot {
    static func draw(_ structure: PoolStructure.Outcome, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        var title = StyledText(" RANK", .title)
        if let rank = structure.rank {
            title += StyledText(" \(glyphs.pick)", .plotPick) + StyledText(" \(rank.best)")
            title += StyledText("  within one SE ", .secondary) + StyledText("\(glyphs.ring)", .accent)
            title += StyledText(" \(rank.oneStandardError)")
        } else {
            title += StyledText(" takes 3 effects or more", .secondary)
        }
        frame.write(title, in: rect, row: 0)
        // Two columns a value where there is room for the gaps.
        let values = structure.singularValues
        let step = 2 * values.count < rect.width ? 2 : 1
        let shown = values.prefix(max(0, (rect.width - 2) / step))
        let height = rect.height - 2
        guard height > 0, let largest = shown.first, largest > 0 else { return }
        let steps = glyphs.sparkSteps
        for row in 0..<height {
            var line = StyledText(" ")
            for value in shown {
                // What of the value lies above the rows below this one, in steps of a cell.
                let filled = (value / largest * Double(height) - Double(height - 1 - row)) * Double(steps.count)
                let isBottom = row == height - 1
                let index = min(Int(filled.rounded()), steps.count) - 1
                let glyph = index >= 0 ? String(steps[index]) : isBottom ? String(steps[0]) : " "
                line += StyledText(glyph + String(repeating: " ", count: step - 1), .bar)
            }
            frame.write(line, in: rect, row: 1 + row)
        }
        numbers(Array(values), from: 2 + step * shown.count, in: rect, of: &frame)
        guard let rank = structure.rank else { return }
        // Both at one place are the best.
        mark(rank.oneStandardError, glyphs.ring, .accent, step, in: rect, of: &frame)
        mark(rank.best, glyphs.pick, .plotPick, step, in: rect, of: &frame)
    }

    /// The first values, beside the plot, as many as there is room for.
    private static func numbers(_ values: [Double], from x: Int, in rect: Rect, of frame: inout Frame) {
        let room = Rect(x: rect.x + x, y: rect.y + 1, width: rect.width - x, height: rect.height - 1)
        guard room.width >= 6 else { return }
        let lines = TextWidth.wrap(values.prefix(12).map { Wording.number($0) }.joined(separator: " "), to: room.width)
        for (row, line) in lines.prefix(room.height).enumerated() {
            frame.write(line, in: room, row: row, style: .secondary)
        }
    }

    private static func mark(
        _ rank: Int, _ glyph: Unicode.Scalar, _ style: Style, _ step: Int, in rect: Rect, of frame: inout Frame
    ) {
        frame.write(
            String(glyph), x: rect.x + 1 + (rank - 1) * step, y: rect.maxY - 1, style: style, in: rect)
    }
}
