import Frames
import Studies
import Texts
import Warehouses

/// State -> Frame, and nothing else.
package enum Screens {
    static let minimumWidth = 60
    static let minimumHeight = 18

    package static func draw(_ state: WorkbenchState, width: Int, height: Int, glyphs: GlyphSet) -> Frame {
        var frame = Frame(width: width, height: height, glyphs: glyphs)
        guard fits(width: width, height: height, &frame) else {
            if case .leaving(let leaving) = state.overlay {
                frame.write(leaving.question, x: 0, y: 2, style: .warning.bold)
            }
            return frame
        }
        let (top, rest) = frame.bounds.splitTop(3)
        let said = Chrome.said(state, width: width)
        let (body, bottom) = rest.splitBottom(said.count + 2)
        state.screen.definition?.drawHeader(state, in: top, of: &frame)
        frame.horizontalRule(y: top.y + 2, from: top.x, to: top.maxX - 1, style: .border)
        Chrome.footer(state, said, in: bottom, of: &frame)
        if let refusal = state.screen.definition?.refusal(state) {
            for (row, line) in TextWidth.wrap(refusal, to: max(10, body.width - 4)).enumerated() {
                frame.write(line, x: body.x + 2, y: body.y + 1 + row, style: .secondary, in: body)
            }
        } else {
            state.screen.definition?.draw(state, in: body, of: &frame)
        }
        // After the screen, whose panes' borders reach into the line.
        StoryLine.draw(state, y: bottom.y, in: bottom, of: &frame)
        Hints.draw(state, in: top.row(2), of: &frame)
        Overlays.draw(state, in: body, of: &frame)
        return frame
    }

    /// Whether there is room; where there is not, the frame says how much it takes.
    static func fits(width: Int, height: Int, _ frame: inout Frame) -> Bool {
        guard width < minimumWidth || height < minimumHeight else { return true }
        frame.write("espalier needs \(minimumWidth)x\(minimumHeight)", x: 0, y: 0, style: .text)
        frame.write("this is \(width)x\(height)", x: 0, y: 1, style: .secondary)
        return false
    }

    /// A sentence where a screen has nothing to show yet, with the progress of the fit.
    static func waiting(_ what: String, _ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let progress = state.running[.fit].map { ": \($0.text(now: state.now))" } ?? ""
        frame.write(what + progress, x: rect.x + 2, y: rect.y + 1, style: .secondary, in: rect)
    }
}
