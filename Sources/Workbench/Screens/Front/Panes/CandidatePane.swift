import Frames
import Policies
import Studies
import Texts

/// What is told of the focused candidate besides its estimates, in the place of the plot or below it.
enum CandidatePane {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        var lines: [StyledText]
        switch state.front.pane {
        case .estimates: return
        case .search: lines = SearchPane.lines(state, space, width: rect.width, glyphs)
        case .honesty:
            lines =
                state.focused.map { SelectionBiasPane.lines($0, state, space, in: rect, glyphs) }
                ?? none("TUNE AND CONFIRM")
        case .moves, .shrinkage, .rules: lines = computed(state, space, in: rect, glyphs)
        }
        for (row, line) in lines.prefix(rect.height).enumerated() { frame.write(line, in: rect, row: row) }
    }

    private static func none(_ title: String) -> [StyledText] {
        [StyledText(" \(title)", .title), StyledText(" no candidate yet: s searches the front", .secondary)]
    }

    /// What was found of the focused candidate; until that is there, what was found of the last one, dimmed.
    private static func computed(
        _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, _ glyphs: GlyphSet
    ) -> [StyledText] {
        let pane = state.front.pane
        let title = pane == .moves ? "WHAT MOVES WHAT" : pane == .shrinkage ? "SHRINKAGE" : "RULES"
        guard let focused = state.focused else { return none(title) }
        func found(_ candidate: Candidate) -> [StyledText]? {
            state.results[.candidateReports].found[CandidateReports.Key(pane: pane, candidate: candidate.id)].map {
                lines($0, candidate, state, space, in: rect, glyphs)
            }
        }
        if let lines = found(focused) { return lines }
        let last = state.facts.candidates.first { $0.id == state.results[.candidateReports].latest[pane] }
        if let last, let lines = found(last) { return lines.map { $0.with(.dimmed) } }
        let word =
            state.running[.candidateReport] == nil ? "not computed; move away and back to ask again" : "being computed"
        return [StyledText(" \(title)", .title) + StyledText("  \(focused.name) \(word)", .secondary)]
    }

    private static func lines(
        _ found: CandidateReport, _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect,
        _ glyphs: GlyphSet
    ) -> [StyledText] {
        switch found {
        case .moves(let sensitivity): MovesPane.lines(sensitivity, candidate, state, space, in: rect, glyphs)
        case .shrinkage(let inverse): ShrinkagePane.lines(inverse, candidate, space, width: rect.width, glyphs)
        case .rules(let rules): RulesPane.lines(rules, candidate, state, space, in: rect, glyphs)
        }
    }

    /// A sentence in lines that fit, those after the first indented.
    static func sentence(_ text: String, width: Int, _ style: Style = .secondary) -> [StyledText] {
        TextWidth.wrap(text, to: max(10, width - 4)).enumerated().map { index, line in
            // What must not be torn apart is held together by spaces of its own until the lines are made.
            StyledText((index == 0 ? " " : "   ") + line.replacing("\u{a0}", with: " "), style)
        }
    }

    /// As many of the blocks, in their order, as fit whole.
    static func fitting(_ blocks: [[StyledText]], rows: Int) -> [StyledText] {
        var lines: [StyledText] = []
        for block in blocks where lines.count + block.count <= rows { lines += block }
        return lines
    }
}
