import Experiments
import Frames
import Texts

/// The focused column: its part in words, what can be set, and its first values.
enum SetupDetails {
    static func draw(
        _ state: WorkbenchState, _ editing: SpecEditing, in rect: Rect, of frame: inout Frame
    ) {
        guard let column = editing.column else { return }
        var lines = [
            StyledText(TextWidth.truncate(column.name, to: rect.width, ellipsis: frame.glyphs.ellipsis), .title)
        ]
        lines += words(column, editing.draft, width: rect.width, frame.glyphs)
        let findings = state.draftFindings(about: column.name)
        for finding in findings {
            lines.append(StyledText(""))
            lines += TextWidth.wrap(finding.sentence, to: rect.width).map { StyledText($0, .warning) }
            if let remedy = finding.remedy {
                lines += TextWidth.wrap(remedy, to: rect.width).map { StyledText($0, .secondary) }
            }
        }
        if !column.examples.isEmpty {
            lines += [StyledText(""), StyledText("FIRST VALUES", .secondary)]
            lines += column.examples.map {
                StyledText(" " + TextWidth.truncate($0, to: rect.width - 1, ellipsis: frame.glyphs.ellipsis))
            }
        }
        for (row, line) in lines.prefix(rect.height).enumerated() { frame.write(line, in: rect, row: row) }
    }

    private static func words(_ column: SpecDraft.Column, _ draft: SpecDraft, width: Int, _ glyphs: GlyphSet)
        -> [StyledText]
    {
        var lines: [StyledText] = []
        func say(_ text: String, _ style: Style = .text) { lines.append(StyledText(text, style)) }
        switch draft.part(of: column.name) {
        case .treatment:
            say("what was randomised")
            say("")
            let name = max(6, width - 14)
            lines.append(
                StyledText("CONTROL, ARMS", .secondary).padded(to: name)
                    + StyledText("rows", .secondary).padded(to: 8, align: .right)
                    + StyledText("plan", .secondary).padded(to: 6, align: .right))
            for (index, arm) in draft.arms.enumerated() {
                let style: Style = index == 0 ? .accent : .text
                var line = StyledText(
                    TextWidth.shorten(
                        arm.name, among: draft.arms.lazy.map(\.name), to: name - 1, ellipsis: glyphs.ellipsis), style
                ).padded(to: name)
                line += StyledText(NumberText.grouped(arm.count)).padded(to: 8, align: .right)
                line += StyledText(NumberText.compact(draft.shares[index])).padded(to: 6, align: .right)
                lines.append(line)
            }
            if draft.controlIsAGuess {
                say("")
                for line in TextWidth.wrap("nothing says which arm is control: c takes the next", to: width) {
                    say(line, .warning)
                }
            }
            if draft.sharesAreAGuess {
                say("")
                for line in TextWidth.wrap("shares from the counts: type the planned ones with s", to: width) {
                    say(line, .warning)
                }
            }
        case .unit: say("the randomisation unit's id")
        case .covariate:
            say("a covariate, measured before exposure")
            say("kind     \(draft.covariates[column.name]?.rawValue ?? "")", .secondary)
        case .leftOut:
            say("left out" + (draft.reasons[column.name].map { ": \($0)" } ?? ""))
        case .outcome:
            guard let index = draft.outcome(of: column.name) else { break }
            let outcome = draft.outcomes[index]
            say(index == 0 ? "the objective: its weight is 1" : "an outcome, measured after exposure")
            if case .ratio(let numerator, let denominator) = outcome.source {
                say("ratio     \(numerator) per \(denominator)", .secondary)
            }
            say("direction \(outcome.direction == .maximize ? "more is better" : "less is better")", .secondary)
            say("limit     \(limit(outcome))", .secondary)
            if outcome.missing != nil || column.missing > 0 {
                say("missing   \(outcome.missing?.rawValue ?? "is an error")", .secondary)
            }
            for arm in draft.arms {
                if let cost = outcome.armCost[arm.name] {
                    say("cost      \(NumberText.compact(cost)) for \(arm.name)", .secondary)
                }
            }
        }
        if let remark = column.remark {
            for line in TextWidth.wrap(remark, to: width) { say(line, .secondary) }
        }
        if column.missing > 0 { say("\(NumberText.grouped(column.missing)) rows without a value", .warning) }
        return lines
    }

    private static func limit(_ outcome: OutcomeSpec) -> String {
        switch outcome.threshold {
        case nil: return "none"
        case .relative(let least):
            let change = outcome.direction == .maximize ? least : -least
            return
                "\(NumberText.percent(change, 1, signed: true)) at \(outcome.direction == .maximize ? "least" : "most")"
        case .absolute(let least):
            let change = outcome.direction == .maximize ? least : -least
            return "\(NumberText.significant(change, 3)) at \(outcome.direction == .maximize ? "least" : "most")"
        }
    }
}

extension WorkbenchState {
    /// The findings of a draft that name a column and are not well.
    func draftFindings(about column: String) -> [HealthFinding] {
        (results[.draftChecks].health?.findings ?? []).filter { finding in
            finding.severity > .note && finding.details.contains { $0.name == column }
        }
    }
}
