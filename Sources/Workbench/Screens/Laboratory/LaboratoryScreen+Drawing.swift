import Frames
import Simulation
import Studies
import Texts

extension LaboratoryScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.facts.workspace != nil else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let settings = settingLines(state, width: rect.width, frame.glyphs)
        for (row, line) in settings.enumerated() { frame.write(line, in: rect, row: row) }
        let rest = rect.inset(top: settings.count)
        if state.laboratory.pane == .text {
            frame.horizontalRule(y: rest.y, from: rect.x, to: rect.maxX - 1, style: .border)
            return text(state, from: state.laboratory.row, in: rest.inset(top: 1), of: &frame)
        }
        frame.write(
            " " + TextWidth.truncate(LaboratoryRows.basis(state), to: rect.width - 2, ellipsis: frame.glyphs.ellipsis),
            in: rest, row: 0, style: .secondary)
        let body = rest.inset(top: 1)
        let (table, below) = body.splitTop(LaboratoryMethod.allCases.count + 1)
        LaboratoryTable(state).draw(in: table, of: &frame)
        guard below.height > 5 else { return }
        frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
        text(state, from: 0, in: below.inset(top: 1), of: &frame)
    }

    /// World, noise, replicates and units, with their keys, in as few lines as they need.
    private static func settingLines(_ state: WorkbenchState, width: Int, _ glyphs: GlyphSet) -> [StyledText] {
        let own = state.laboratory
        let noise = own.world == .study ? "its own" : "W \(NumberText.fixed(own.noise, 0))"
        let parts = [
            ("WORLD", "w", LaboratoryRows.name(own.world)), ("NOISE", "h/l", noise),
            ("REPLICATES", "+/-", "\(own.replicates)"),
            ("UNITS/ARM", "=", NumberText.grouped(LaboratoryRows.units(state))),
        ].map { name, key, value in
            StyledText(" \(name) ", .title) + StyledText(key + " ", .key) + StyledText(value + " ")
        }
        return parts.reduce(into: [StyledText("")]) { lines, part in
            if lines[lines.count - 1].width + part.width > width { lines.append(StyledText("")) }
            lines[lines.count - 1] += part
        }
    }

    /// - Parameter first: lines scrolled past, where there are more than fit.
    private static func text(_ state: WorkbenchState, from first: Int, in rect: Rect, of frame: inout Frame) {
        let paragraphs = LaboratoryRows.text(state).map { TextWidth.wrap($0, to: max(10, min(110, rect.width - 2))) }
        let length = paragraphs.reduce(paragraphs.count - 1) { $0 + $1.count }
        let lines = length <= rect.height ? Array(paragraphs.joined(separator: [""])) : paragraphs.flatMap { $0 }
        let offset = max(0, min(first, lines.count - rect.height))
        for (row, line) in lines.dropFirst(offset).prefix(rect.height).enumerated() {
            frame.write(" " + line, in: rect, row: row, style: .secondary)
        }
    }
}
