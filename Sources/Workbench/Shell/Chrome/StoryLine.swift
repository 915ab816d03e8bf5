import Frames

/// The story in the rule above the last lines: every step with its mark, the next one brighter; a click shows its screen.
enum StoryLine {
    static func draw(_ state: WorkbenchState, y: Int, in rect: Rect, of frame: inout Frame) {
        guard let story = Story(state) else { return }
        let arrow = " \(frame.glyphs.rightArrow) "
        let shown = fitting(story, to: rect.width - (story.steps.count - 1) * arrow.count - 4, frame.glyphs)
        var x = rect.x + 1
        frame.write(" ", x: x, y: y, in: rect)
        x += 1
        for (index, step) in shown.enumerated() {
            if index > 0 {
                frame.write(arrow, x: x, y: y, style: .border, in: rect)
                x += arrow.count
            }
            frame.write(step, x: x, y: y, in: rect)
            if let tab = ScreenList.inTabs(state).firstIndex(where: { $0.screen == story.steps[index].screen }) {
                frame.mark(.tab(tab), Rect(x: x, y: y, width: step.width, height: 1))
            }
            x += step.width
        }
        frame.write(" ", x: x, y: y, in: rect)
    }

    /// The steps in as many words as there is room for: what is done is said short first, the next step last.
    private static func fitting(_ story: Story, to width: Int, _ glyphs: GlyphSet) -> [StyledText] {
        let next = story.next
        var lengths = story.steps.map { _ in 0 }
        func texts() -> [StyledText] {
            story.steps.indices.map { text(story.steps[$0], lengths[$0], isNext: story.steps[$0] == next, glyphs) }
        }
        let order = story.steps.indices.sorted { a, b in
            let ranks = [a, b].map { story.steps[$0] == next ? 2 : story.steps[$0].standing == .open ? 1 : 0 }
            return (ranks[0], a) < (ranks[1], b)
        }
        for index in order where texts().reduce(0, { $0 + $1.width }) > width { lengths[index] = 1 }
        return texts()
    }

    private static func text(_ step: Story.Step, _ length: Int, isNext: Bool, _ glyphs: GlyphSet) -> StyledText {
        let words = step.wordings[min(length, step.wordings.count - 1)]
        return switch step.standing {
        case .done: StyledText(String(glyphs.check), .good) + StyledText(" \(words)", .secondary)
        case .doubtful: StyledText("!", .warning) + StyledText(" \(words)", .secondary)
        case .failed: StyledText(String(glyphs.cross), .bad) + StyledText(" \(words)", .bad)
        case .open: StyledText(words, isNext ? .accent.bold : .secondary)
        }
    }
}
