import Frames
import Policies
import Studies
import Texts

/// The shrinkage that stands for a candidate's biases, or the statement that none does and the nearest there is.
enum ShrinkagePane {
    static func lines(
        _ inverse: ShrinkageInverse, _ candidate: Candidate, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        let (words, style): (String, Style) =
            switch inverse.answer {
            case .exact(isUnique: true):
                ("This shrinkage without biases is exactly the same policy; no other is.", .good)
            case .exact(isUnique: false):
                (
                    "This shrinkage without biases is exactly the same policy. Others are too; this one has the "
                        + "smallest sum of squares.", .good
                )
            case .nearest(let changed):
                (
                    "No shrinkage makes these biases. The nearest found, with the same weights, gives another arm to "
                        + "\(NumberText.percent(changed, 1)) of the tune units.", .warning
                )
            }
        var lines = [
            StyledText(" SHRINKAGE", .title) + StyledText("  in place of the biases of \(candidate.name)", .secondary)
        ]
        lines += TextWidth.wrap(words, to: max(10, width - 2)).map { StyledText(" \($0)", style) }
        let name = min(20, max(12, width - 30))
        let exact = if case .exact = inverse.answer { true } else { false }
        lines.append(StyledText(""))
        lines.append(
            StyledText(" outcome", .secondary).padded(to: name)
                + StyledText("weight", .secondary).padded(to: 9, align: .right)
                + StyledText(exact ? "α" : "nearest α", .secondary).padded(to: 11, align: .right))
        for j in space.outcomes.indices {
            let alpha = inverse.knobs.shrinkage[j]
            lines.append(
                (StyledText(" ") + EffectText.name(j, in: space, width: name - 2, glyphs)).padded(to: name)
                    + StyledText(Wording.number(inverse.knobs.weights[j]), .secondary).padded(to: 9, align: .right)
                    + StyledText(alpha == 0 ? "0" : NumberText.fixed(alpha, 3)).padded(to: 11, align: .right)
                    + StyledText("  ")
                    + Bar(alpha, style: .outcome(j)).text(width: max(0, min(20, width - name - 23)), glyphs: glyphs))
        }
        lines.append(StyledText(""))
        lines += CandidatePane.sentence(
            "α 0 leaves every unit its own effect, 1 gives all the average one.", width: width)
        if let halfline = inverse.halfline {
            lines += CandidatePane.sentence(
                "Biases of \(space.arms[1]) that some shrinkage can make of these weights: \(halfline.rawValue).",
                width: width)
        }
        return lines
    }
}
