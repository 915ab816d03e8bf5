import Allocation
import Frames
import Policies
import Statistics
import Studies
import Texts

/// The objective and the limits by every method: promised, without the optimum's optimism, across folds and on confirm.
enum MethodPane {
    private static let nameWidth = 13

    private struct Column {
        let title: String
        let width: Int
        let value: @Sendable (StudyAllocation.Outcome) -> Estimate?
    }

    /// The plug-in value, the corrected one, that across folds and confirm's; where there is no room for all, those that
    /// promise least go last.
    private static func columns(_ space: PolicySpace, width: Int) -> [Column] {
        let marks = space.outcomes.dropFirst().count { $0.threshold != nil } + 1
        let room = width - nameWidth - marks
        let widths = [[8, 7, 7, 8], [7, 6, 6, 8], [0, 6, 6, 8], [0, 0, 6, 8]]
        let chosen = widths.first { $0.reduce(0, +) <= room } ?? widths[widths.count - 1]
        return [
            Column(title: "plug-in", width: chosen[0]) { $0.plugIn },
            Column(title: "corr.", width: chosen[1]) { $0.corrected },
            Column(title: "folds", width: chosen[2]) { $0.fold },
            Column(title: "confirm", width: chosen[3]) { $0.confirm },
        ].filter { $0.width > 0 }
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let columns = columns(space, width: rect.width)
        let name = " " + space.outcome(0, to: nameWidth - 2, glyphs)
        var title = StyledText(name.uppercased(), .title).padded(to: nameWidth)
        for column in columns { title += StyledText(column.title, .secondary).padded(to: column.width, align: .right) }
        frame.write(title + StyledText(rect.width > 52 ? "  limits" : "", .secondary), in: rect, row: 0)
        let answers = state.results[.methodComparison]
        let advice = LaboratoryAdvice(state)
        let isStale = state.results.isStale(.methodComparison)
        for (row, method) in AllocationMethod.allCases.enumerated() where row + 1 < rect.height {
            let isChosen = method == state.allocate.request.method
            var answer = answers[method]
            var dims = isStale
            if isChosen {
                // The method at hand is judged first, and more thoroughly.
                if let judged = state.results[.judgedAllocation], !state.results.isStale(.judgedAllocation) {
                    (answer, dims) = (judged, false)
                } else if let found = state.results[.allocation], !state.results.isStale(.allocation) {
                    (answer, dims) = (found, false)
                }
            }
            var text = mark(advice?.standing(method, state.allocate.request), glyphs) + glyphs.focusMark(isChosen)
            text += StyledText(" " + AllocateRows.name(method), isChosen ? .focus.bold : .text).padded(
                to: nameWidth - 2)
            text += line(answer, space, columns, glyphs)
            frame.write(text.with(dims ? .dimmed : []), in: rect, row: row + 1)
        }
    }

    /// Best by the laboratory, or not told apart from it.
    private static func mark(_ standing: LaboratoryAdvice.Standing?, _ glyphs: GlyphSet) -> StyledText {
        switch standing {
        case nil: StyledText(" ")
        case .best?: StyledText(String(glyphs.pick), .plotPick)
        case .notToldApart?: StyledText(String(glyphs.ring), .plotPick)
        }
    }

    /// What the laboratory advises, on the line above the pane; nothing where it was not asked.
    static func drawCaption(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let caption = LaboratoryAdvice(state)?.caption(width: rect.width - 4), !caption.isEmpty else { return }
        frame.write(" \(caption) ", in: rect, style: .accent)
    }

    private static func line(
        _ answer: AllocationAnswer?, _ space: PolicySpace, _ columns: [Column], _ glyphs: GlyphSet
    ) -> StyledText {
        switch answer {
        case nil: return StyledText("   computing", .secondary)
        case .refused?: return StyledText("   cannot keep the limits", .warning)
        case .solved(let found)?:
            let own = found.outcomes[0]
            var text = StyledText()
            for column in columns {
                let estimate = column.value(own)
                text += StyledText(
                    estimate.map { size($0.value, 0, space) } ?? "-", estimate == nil ? .secondary : .text
                )
                .padded(to: column.width, align: .right)
            }
            text += StyledText(" ")
            for outcome in found.outcomes.dropFirst() {
                if let limit = outcome.limit { text += Limits.mark(limit).text(glyphs) }
            }
            return text
        }
    }

    static func size(_ value: Double, _ outcome: Int, _ space: PolicySpace) -> String {
        let base = abs(space.controlMeans[outcome])
        return base > 0 ? Wording.points(value / base) : Wording.signed(value)
    }
}
