import Allocation
import Frames
import Policies
import Studies
import Texts

/// The objective and the limits by every method: promised, without the optimum's optimism, across folds and on confirm.
enum MethodPane {
    private static let nameWidth = 13
    /// Of the plug-in value, the corrected one, that across folds and confirm's.
    private static func columns(_ space: PolicySpace, width: Int) -> [Int] {
        let (wide, narrow) = ([8, 7, 7, 8], [7, 6, 6, 8])
        let marks = space.outcomes.dropFirst().count { $0.threshold != nil } + 1
        return nameWidth + wide.reduce(0, +) + marks <= width ? wide : narrow
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let columns = columns(space, width: rect.width)
        let name = " " + space.outcome(0, to: nameWidth - 2, glyphs)
        var title = StyledText(name.uppercased(), .title).padded(to: nameWidth)
        for (name, width) in zip(["plug-in", "corr.", "folds", "confirm"], columns) {
            title += StyledText(name, .secondary).padded(to: width, align: .right)
        }
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
        _ answer: AllocationAnswer?, _ space: PolicySpace, _ columns: [Int], _ glyphs: GlyphSet
    ) -> StyledText {
        switch answer {
        case nil: return StyledText("   computing", .secondary)
        case .refused?: return StyledText("   cannot keep the limits", .warning)
        case .solved(let found)?:
            let own = found.outcomes[0]
            var text = StyledText()
            for (estimate, width) in zip([own.plugIn, own.corrected, own.fold, own.confirm], columns) {
                text += StyledText(
                    estimate.map { size($0.value, 0, space) } ?? "-", estimate == nil ? .secondary : .text
                )
                .padded(to: width, align: .right)
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
