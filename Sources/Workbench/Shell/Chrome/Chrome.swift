import Experiments
import Frames
import Policies
import Studies
import Texts
import Warehouses

/// What frames every screen: header, tabs, message and keys.
enum Chrome {
    static func header(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        var left = StyledText(" " + state.facts.title, .title)
        if let description = state.facts.description {
            left += StyledText("   \(NumberText.grouped(description.unitCount)) units")
            left += StyledText("   \(description.space.armCount) arms   ")
            left += sampleRatio(state)
        }
        frame.write(left, in: rect, row: 0)
        if let description = state.facts.description {
            let place = place(of: description)
            let tune = "tune \(NumberText.grouped(description.tuneCount))\(place)"
            let estimator = " · \(state.estimator.name.uppercased())"
            // What is on the left stays whole: the verdict on the sample ratio is there.
            let wordings = [
                tune + estimator + " · seed \(description.spec.splits.seed) ", tune + estimator + " ", tune + " ",
                description.population == nil ? "" : "sample · tune \(NumberText.grouped(description.tuneCount)) ",
                description.population == nil ? "" : "sample ", "",
            ]
            let warning = warning(state)
            let right = wordings.first { left.width + warning.width + TextWidth.width(of: $0) < rect.width } ?? ""
            frame.write(warning + StyledText(right, .secondary), in: rect, row: 0, align: .right)
        }
        tabs(state, in: rect, of: &frame)
    }

    /// Where units are that the study does not hold.
    private static func place(of description: StudyDescription) -> String {
        if let engine = description.spec.engine { return " in \(engine.title)" }
        guard let population = description.population, let sample = description.spec.sample else { return "" }
        return ", a sample of \(NumberText.grouped(population)) in \(sample.engine.title)"
    }

    /// What whoever looks at the study must know first.
    private static func warning(_ state: WorkbenchState) -> StyledText {
        var text = StyledText()
        if state.notKept != nil {
            text += StyledText("NOT KEPT  ", .bad.bold)
        } else if state.facts.isReadOnly {
            text += StyledText("READ-ONLY  ", .warning.bold)
        }
        if state.facts.dataHasChanged { text += StyledText("DATA CHANGED  ", .warning.bold) }
        return text
    }

    /// The verdict of the sample ratio check: nothing looks healthy that was not checked.
    private static func sampleRatio(_ state: WorkbenchState) -> StyledText {
        guard let finding = state.facts.health?.findings.first(where: { $0.check == .sampleRatio }) else {
            return StyledText("SRM not checked", .warning)
        }
        switch finding.severity {
        case .ok: return StyledText("SRM ok", .good)
        case .note:
            return StyledText(finding.details.isEmpty ? "SRM not checked" : "SRM not declared", .warning)
        case .warning, .blocking: return StyledText("SRM MISMATCH", .bad.bold)
        }
    }

    /// Tabs with titles cut as far as the counts of candidates and picks need the room; that of the screen shown stays whole.
    private static func tabs(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let counts = counts(state, frame.glyphs)
        let needed = counts.dropLast().last.map { TextWidth.width(of: $0) } ?? 0
        let cut = TitleLength.allCases.map { labels(state, $0) }
        let shown =
            cut.dropLast().first { $0.reduce(needed) { $0 + $1.count + 2 } < rect.width }
            ?? cut.dropFirst(2).first { $0.reduce(0) { $0 + $1.count + 2 } <= rect.width } ?? cut[cut.count - 1]
        var text = StyledText("")
        for (index, (definition, label)) in zip(ScreenList.inTabs(state), shown).enumerated() {
            frame.mark(
                .tab(index), Rect(x: rect.x + text.width, y: rect.y + 1, width: label.count + 2, height: 1))
            text +=
                definition.screen == state.screen
                ? StyledText("[\(label)]", .accent.bold) : StyledText(" \(label) ", .text)
        }
        frame.write(text, in: rect, row: 1)
        guard let count = counts.first(where: { text.width + TextWidth.width(of: $0) < rect.width }) else { return }
        frame.write(count, in: rect, row: 1, style: .secondary, align: .right)
    }

    private enum TitleLength: CaseIterable {
        case whole, short, initial
        /// The key alone, where nothing else has room even without the counts.
        case key
    }

    private static func labels(_ state: WorkbenchState, _ length: TitleLength) -> [String] {
        ScreenList.inTabs(state).map { definition in
            if definition.screen == state.screen { return state.screen.label }
            return switch length {
            case .whole: "\(definition.number) \(definition.title)"
            case .short: "\(definition.number) \(definition.shortTitle)"
            case .initial: "\(definition.number) \(definition.title.prefix(3))"
            case .key: "\(definition.number)"
            }
        }
    }

    /// How many candidates and picks there are, in fewer and fewer words.
    private static func counts(_ state: WorkbenchState, _ glyphs: GlyphSet) -> [String] {
        guard state.facts.workspace != nil else { return [] }
        let count = state.visibleCandidates.count
        let picked = state.decisions.picked.count
        let picks = state.front.view.wanted.map { "\(picked)/\($0) picks" } ?? "\(picked) picked"
        let mark = state.front.view.wanted.map { "\(picked)/\($0)" } ?? "\(picked)"
        return [
            "\(NumberText.grouped(count)) candidates  \(picks) ", "\(count) cand \(picks) ", "\(count) cand \(picks)",
            "\(count) cand \(mark)\(glyphs.pick)", "\(count) cand",
        ]
    }

    /// The lines at the bottom: the story, what is done and said, and the keys, which are always there.
    /// - Parameter said: what `said` gives, in as many rows as there are between the first and the last.
    static func footer(_ state: WorkbenchState, _ said: [StyledText], in rect: Rect, of frame: inout Frame) {
        frame.horizontalRule(y: rect.y, from: rect.x, to: rect.maxX - 1, style: .border)
        if case .prompt(let prompt, let text) = state.overlay {
            let asked = StyledText(" \(prompt.line.question(state)) ", .accent)
            let question =
                asked + StyledText(end(of: text, width: rect.width - asked.width - 1)) + StyledText("_", .focus)
            frame.write(question, in: rect, row: 1)
            frame.write(" Enter accept  Esc leave  Ctrl-U clear", in: rect, row: rect.height - 1, style: .key)
            return
        }
        if case .leaving(let leaving) = state.overlay {
            frame.write(StyledText(" \(leaving.question)", .warning.bold), in: rect, row: 1)
            frame.write(" any other key stays", in: rect, row: rect.height - 1, style: .key)
            return
        }
        for (row, line) in said.enumerated() { frame.write(line, in: rect, row: row + 1) }
        keys(state, in: rect.row(rect.height - 1), of: &frame)
    }

    /// What is being done, and what was found or is said, where a message takes the finding's place: a line or more, none of
    /// which covers the keys. A question has one line.
    static func said(_ state: WorkbenchState, width: Int) -> [StyledText] {
        switch state.overlay {
        case .prompt, .leaving: return [StyledText("")]
        default: break
        }
        var lines: [StyledText] = []
        let busy = state.running.filter { $0.key.rank != nil }.min { ($0.key.rank ?? 0) < ($1.key.rank ?? 0) }
        if let busy {
            lines.append(
                StyledText(" \(busy.value.text(now: state.now))", .status) + StyledText("  Ctrl-C stops", .key))
        }
        let definition = state.screen.definition
        // Where nothing can be shown there is nothing to find, and no key to recommend.
        let found = definition?.refusal(state) == nil ? definition?.finding(state) ?? "" : ""
        let words = state.message.isEmpty && busy == nil ? found : state.message
        let said = words.isEmpty ? [] : TextWidth.wrap(words, to: max(10, width - 2))
        // What is too long even for two lines ends in an ellipsis.
        let shown = said.prefix(1) + (said.count > 1 ? [said.dropFirst().joined(separator: " ")] : [])
        lines += shown.map { StyledText(" " + $0, .status) }
        return lines.isEmpty ? [StyledText("")] : lines
    }

    /// The last characters of a line that is being typed, so that its end, where one types, is seen.
    private static func end(of text: String, width: Int) -> String {
        var rest = text[...]
        while TextWidth.width(of: String(rest)) > max(1, width), !rest.isEmpty { rest = rest.dropFirst() }
        return String(rest)
    }

    /// As many hints as fit, the screen's own first; undo, help and quit always. A click on one is its key.
    private static func keys(_ state: WorkbenchState, in row: Rect, of frame: inout Frame) {
        func hint(_ binding: Binding) -> StyledText {
            StyledText(" " + (binding.keys.first?.displayName ?? ""), .key)
                + StyledText(" \(binding.hint) ", .secondary)
        }
        let bindings = KeyTable.bindings(state.screen)
        let own = KeyTable.own(state.screen).count
        let always = bindings.indices.filter { index in
            index >= own && ["undo", "keys", "back", "quit"].contains(bindings[index].hint)
        }
        var room = row.width - always.reduce(0) { $0 + hint(bindings[$1]).width }
        var shown: [Int] = []
        for index in bindings.indices where index < own || bindings[index].hint == "export" {
            let width = hint(bindings[index]).width
            guard !bindings[index].hint.isEmpty, width <= room,
                state.screen.definition?.isHinted(bindings[index], state) != false
            else { continue }
            room -= width
            shown.append(index)
        }
        var x = row.x
        for index in shown + always {
            let text = hint(bindings[index])
            frame.write(text, x: x, y: row.y, in: row)
            frame.mark(.binding(index), Rect(x: x, y: row.y, width: text.width, height: 1))
            x += text.width
        }
    }
}
