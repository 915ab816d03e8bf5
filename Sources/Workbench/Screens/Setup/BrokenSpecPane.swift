import Frames
import Texts

/// A spec that cannot be read, around the line that is wrong.
enum BrokenSpecPane {
    static func draw(_ broken: BrokenSpec, in rect: Rect, of frame: inout Frame) {
        let sentence = TextWidth.wrap(broken.error.message + ".", to: max(10, rect.width - 4))
        let remedy = broken.error.remedy.map { TextWidth.wrap($0, to: max(10, rect.width - 4)) } ?? []
        let (words, text) = rect.splitTop(min(sentence.count + remedy.count + 2, rect.height / 2))
        for (row, line) in (sentence.map { StyledText("  " + $0, .bad) } + remedy.map { StyledText("  " + $0) })
            .enumerated()
        {
            frame.write(line, in: words, row: row + 1)
        }
        frame.horizontalRule(y: text.y, from: rect.x, to: rect.maxX - 1, style: .border)
        let body = text.inset(top: 1)
        let wrong = broken.error.line.map { $0 - 1 }
        let window = ScrollWindow(count: broken.lines.count, focus: wrong ?? 0, room: body.height)
        let width = "\(broken.lines.count)".count
        for (row, index) in window.shown.enumerated() {
            let isWrong = index == wrong
            var line = frame.glyphs.focusMark(isWrong)
            line += StyledText("\(index + 1)", isWrong ? .focus.bold : .secondary).padded(to: width + 1, align: .right)
            line += StyledText("  ") + StyledText(broken.lines[index], isWrong ? .focus.bold : .text)
            frame.write(line, in: body, row: row)
        }
        window.drawMarks(in: body, top: 0, of: &frame)
    }

    static func drawHeader(_ broken: BrokenSpec, in rect: Rect, of frame: inout Frame) {
        let name = broken.path.split(separator: "/").last.map(String.init) ?? broken.path
        let place = broken.error.line.map { ", line \($0)" } ?? ""
        frame.write(
            StyledText(" \(name)", .title) + StyledText("  cannot be read\(place)", .bad.bold), in: rect, row: 0)
        frame.write(" \(broken.path)", in: rect, row: 1, style: .secondary)
    }
}
