import Frames
import Policies
import Studies

extension CohortsScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.facts.trees != nil, let description = state.facts.description else {
            Screens.waiting("cohorts are being merged", state, in: rect, of: &frame)
            return
        }
        let rows = CohortRows(state).rows
        // Where there are few cohorts the detail has the rows that they leave.
        let left = rect.height - 3 - max(rows.count, 3)
        let detail = min(description.space.outcomeCount + 4, max(5, rect.height * 2 / 5, left))
        let (table, below) = rect.splitBottom(detail)
        frame.write(heading(state, rows.count, frame.glyphs), in: rect, row: 0)
        CohortGrid(state, description, rows, glyphs: frame.glyphs).draw(in: table.inset(top: 1), of: &frame)
        frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
        guard rows.indices.contains(state.cohorts.row) else { return }
        CohortDetail.draw(state, description, rows[state.cohorts.row], in: below.inset(top: 1), of: &frame)
    }

    /// What the rows are, and what was left out.
    private static func heading(_ state: WorkbenchState, _ shown: Int, _ glyphs: GlyphSet) -> StyledText {
        let all = CohortRows(state).count
        var text: StyledText
        if let drill = state.results[.drillDown] {
            text = StyledText(" \(shown)", .title) + StyledText(" cells of ", .secondary)
            text += StyledText(drill.covariates.joined(separator: " x "), .accent)
            text += StyledText("   all tune units, intervals one by one", .secondary)
        } else {
            text = StyledText(" \(shown)", .title)
            let rows = CohortRows(state)
            let one = rows.kind == .groups ? "group" : "cohort"
            text += StyledText(shown < all ? " of \(all) \(one)s" : shown == 1 ? " \(one)" : " \(one)s", .secondary)
            switch rows.kind {
            case .joint: text += StyledText(", of one tree   leaf effects, of the estimating half", .secondary)
            case .groups: text += StyledText(" of cohorts   effects of nodes, of the estimating half", .secondary)
            case .merged: text += StyledText(", merged   leaf effects, of the estimating half", .secondary)
            }
            if let group = state.cohorts.view.group { text += StyledText("   in group \(group + 1)", .accent) }
        }
        if let region = state.cohorts.view.region { text += StyledText("   in \(region.words)", .accent) }
        if !state.filter.isEmpty { text += StyledText("   with \"\(state.filter)\"", .accent) }
        let marked = state.cohorts.view.marked.count
        if marked > 0 { text += StyledText("   \(glyphs.pick) \(marked) marked", .plotPick) }
        return text
    }
}
