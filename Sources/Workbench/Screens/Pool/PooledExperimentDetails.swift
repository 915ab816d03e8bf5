import Frames
import Pooling
import Texts

/// One experiment of the pool: how its units differ from the others', what it has and gives, whom it is like, its scales.
enum PooledExperimentDetails {
    static func draw(_ state: WorkbenchState, _ fit: PoolFit, in rect: Rect, of frame: inout Frame) {
        guard !PoolRows.experiments(state).isEmpty else { return }
        let index = state.pool.focused
        let entry = fit.model.shape.experiments[index]
        var lines = [StyledText(TextWidth.truncate(entry.name, to: rect.width), .title)]
        func say(_ text: String, _ style: Style = .text) {
            lines += TextWidth.wrap(text, to: rect.width).map { StyledText($0, style) }
        }
        say("\(NumberText.grouped(fit.unitCounts[index])) units; \(entry.arms.joined(separator: ", "))", .secondary)
        for note in fit.driftNotes(of: index) { say(note, .warning) }
        lines.append(StyledText(""))
        sharing(fit, index, isWide: rect.width >= 50, say)
        lines.append(StyledText(""))
        let scales = scales(fit, index, width: rect.width, frame.glyphs)
        let neighbours = neighbours(state, index, width: rect.width, frame.glyphs)
        // The nearest make room for the scales.
        let room = max(4, rect.height - lines.count - scales.count - 1)
        lines += neighbours.prefix(room)
        lines.append(StyledText(""))
        lines += scales
        for (row, line) in lines.prefix(rect.height).enumerated() { frame.write(line, in: rect, row: row) }
    }

    /// In sentences, or in a line each where there is little room.
    private static func sharing(_ fit: PoolFit, _ index: Int, isWide: Bool, _ say: (String, Style) -> Void) {
        guard let row = fit.influence?.rows[index] else {
            say("of two experiments each is all of the other's pool", .secondary)
            return
        }
        let verdict = Verdict(row.given, sign: 1)
        let interval = row.given.interval.map { "\(Wording.points($0.low)) to \(Wording.points($0.high))" } ?? "n/a"
        guard isWide else {
            say("has   \(share(row.gained, less: true)) risk than alone", .text)
            let word = verdict == .better ? "carries" : verdict == .worse ? "hurts" : "unsure"
            say("gives \(Wording.points(row.given.value)), \(interval): \(word)", verdict.style)
            return
        }
        say("its risk is \(share(row.gained, less: true)) by the pool than alone", .text)
        let words =
            switch verdict {
            case .better: "it carries the pool"
            case .worse: "the others are better off without it"
            case .unsure: "whether it carries the pool is not sure"
            }
        let change = share(row.given.value, less: false)
        say("the others' risk is \(change) without it, 95% \(interval): \(words)", verdict.style)
    }

    /// "12.3% less", or more where the sign says so.
    private static func share(_ share: Double, less: Bool) -> String {
        "\(Wording.bare(abs(share)))% \((share >= 0) == less ? "less" : "more")"
    }

    private static func neighbours(
        _ state: WorkbenchState, _ index: Int, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        var lines = [StyledText("IS LIKE", .title) + StyledText("  by cosine", .secondary)]
        guard state.results[.poolNeighbours].indices.contains(index) else {
            return lines + [StyledText("being compared", .secondary)]
        }
        let own = state.results[.poolNeighbours][index]
        let name = min(own.map { TextWidth.width(of: $0.name) }.max() ?? 0, max(8, width - 18))
        for neighbour in own {
            let label = TextWidth.truncate(neighbour.name, to: name, ellipsis: glyphs.ellipsis)
            var line = StyledText(label).padded(to: name)
            line += StyledText(NumberText.signed(neighbour.likeness, 2)).padded(to: 7, align: .right)
            let bar = Bar(neighbour.likeness).text(width: max(4, min(20, width - name - 9)), glyphs: glyphs)
            line += StyledText(" ") + bar
            lines.append(line)
        }
        return lines
    }

    /// Control's mean and what effects are divided by, in the outcomes' own units.
    private static func scales(_ fit: PoolFit, _ index: Int, width: Int, _ glyphs: GlyphSet) -> [StyledText] {
        let entry = fit.model.shape.experiments[index]
        let name = max(8, width - 20)
        var lines = [
            StyledText("SCALES", .title).padded(to: name)
                + StyledText("control", .secondary).padded(to: 10, align: .right)
                + StyledText("unit", .secondary).padded(to: 10, align: .right)
        ]
        for (slot, outcome) in entry.outcomes.enumerated() {
            let label = TextWidth.truncate(fit.model.shape.outcomes[outcome], to: name - 1, ellipsis: glyphs.ellipsis)
            lines.append(
                StyledText(label).padded(to: name)
                    + StyledText(Wording.number(fit.model.centres[index][slot])).padded(to: 10, align: .right)
                    + StyledText(Wording.number(fit.model.scales[index][slot])).padded(to: 10, align: .right))
        }
        return lines
    }
}
