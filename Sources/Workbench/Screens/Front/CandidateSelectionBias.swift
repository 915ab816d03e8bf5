import Frames
import Policies
import Statistics
import Studies
import Texts

/// What can honestly be said of a pick: how much of tune was optimism, what an online test needs, and which picks the data
/// cannot tell it from.
enum CandidateSelectionBias {
    /// A block of lines for each sentence.
    static func blocks(
        _ candidate: Candidate, _ state: WorkbenchState, width: Int, _ glyphs: GlyphSet
    ) -> [[StyledText]] {
        guard state.isPicked(candidate), let report = state.results[.pickReport],
            let description = state.facts.description,
            let pick = report.picks.first(where: { $0.id == candidate.id })
        else { return [] }
        let texts = EffectText(description)
        var sentences: [String] = []
        let optimism = pick.outcomes.enumerated().compactMap { j, outcome -> String? in
            guard let own = outcome.optimism, let low = own.low, let high = own.high else { return nil }
            return "\(outcome.name) \(texts.value(own.value, j)) \(glyphs.plusMinus)\(texts.reach(low, high, j))"
        }
        if !optimism.isEmpty { sentences.append("optimism: " + optimism.joined(separator: ", ")) }
        if let units = pick.outcomes.first?.unitsPerArm, units.isFinite, units < 1e12 {
            sentences.append(
                "online, \(NumberText.grouped(Int(units))) units an arm show \(pick.outcomes[0].name) at 80% power")
        }
        if let critical = report.confirmCritical, report.picks.count > 1 {
            sentences.append(
                "together \(glyphs.plusMinus)\(NumberText.fixed(critical, 2)) se, not \(Confidence.namedCritical)")
        }
        let alike = rivals(of: candidate, report)
        if !alike.isEmpty {
            sentences.append("~ not told from \(alike.joined(separator: ", ")) on \(report.alikeSplit.rawValue)")
        }
        return sentences.map { sentence in
            TextWidth.wrap(sentence, to: max(10, width - 3)).enumerated().map { index, line in
                StyledText((index == 0 ? " " : "   ") + line, sentence.hasPrefix("~") ? .warning : .secondary)
            }
        }
    }

    /// Names of the picks whose differences from a pick cover 0 in every outcome, jointly.
    static func rivals(of candidate: Candidate, _ report: PickReport) -> [String] {
        report.alike.compactMap { pair in
            pair.first == candidate.name ? pair.second : pair.second == candidate.name ? pair.first : nil
        }
    }
}
