import Policies
import Texts

extension DecisionCard {
    /// The card for a chat, a ticket or a screen: paragraphs wrapped at `width` columns, outcomes as a table.
    package func text(width: Int = 72) -> String {
        var lines = [
            "\(study): \(candidate.isEmpty ? "the present policy" : "policy \(candidate)")"
                + (note.isEmpty ? "" : " (\(note))"), "",
        ]
        lines += TextWidth.wrap(decision, to: width) + [""]
        lines += table(width: width) + [""]
        lines += sentences.flatMap { TextWidth.wrap($0, to: width) }
        if !caveats.isEmpty {
            lines += ["", "But:"]
            lines += caveats.flatMap { caveat in
                TextWidth.wrap(caveat, to: width - 2).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(width: Int) -> [String] {
        let names = outcomes.map(\.name)
        let name = min(names.map { TextWidth.width(of: $0) }.max() ?? 0, max(12, width - 44))
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - TextWidth.width(of: text)))
        }
        let isConfirmed = outcomes.contains { $0.confirm != nil }
        let heads = (isConfirmed ? ["confirm", "tune"] : ["tune"]).map { padded($0, 16) }.joined()
        return [padded("change", name + 2) + heads + "limit"].map { $0.trimmingEnd }
            + outcomes.map { outcome in
                let label = TextWidth.shorten(outcome.name, among: names, to: name, ellipsis: "…")
                let changes = (isConfirmed ? [outcome.confirm, outcome.tune] : [outcome.tune])
                    .map { padded(DecisionText.change($0), 16) }.joined()
                let limit = (outcome.confirm ?? outcome.tune)?.limit.map {
                    "\(Self.mark($0)) \(outcome.threshold ?? "")"
                }
                return (padded(label, name + 2) + changes + (limit ?? "")).trimmingEnd
            }
    }

    private static func mark(_ verdict: LimitVerdict) -> String {
        switch verdict {
        case .inside: "✓"
        case .uncertain: "?"
        case .outside: "✗"
        }
    }

    private var sentences: [String] {
        var sentences: [String] = []
        let basis = split == .confirm ? "that did not choose it" : "that it was tuned on"
        switch limits {
        case nil: break
        case .inside: sentences.append("Every limit is kept by its whole interval.")
        case .uncertain: sentences.append("Every limit is kept by the estimate, not by its whole interval.")
        case .outside: sentences.append("A limit is broken.")
        }
        if let probabilityWithinLimits {
            sentences.append(
                "All limits are kept with probability \(NumberText.certainty(probabilityWithinLimits)), as estimated on tune."
            )
        }
        let gets = shares.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            .map { "\($0.key) \(NumberText.share($0.value))" }.joined(separator: ", ")
        sentences.append(
            "Of \(NumberText.grouped(units)) units \(basis) \(NumberText.share(changedFromControl)) get another arm than "
                + "control, \(NumberText.share(changedFromBestArm)) another than \(bestArm), the best single arm: \(gets)."
        )
        sentences.append(
            looks == 0 ? "Confirm was never looked at." : "Looks at confirm so far: \(looks).")
        return sentences
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
