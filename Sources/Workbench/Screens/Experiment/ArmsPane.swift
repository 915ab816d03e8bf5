import Experiments
import Frames
import Policies
import Studies
import Texts

/// The arms with their planned and observed shares.
enum ArmsPane {
    static func draw(_ description: StudyDescription, _ health: HealthReport, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let total = Double(max(1, description.unitCount))
        let name = min(max(10, (description.space.arms.map(TextWidth.width).max() ?? 0) + 1), max(10, rect.width - 34))
        let bar = rect.width - name - 34 - 3
        let isNarrow = bar < -3
        let (units, plan, seen, off) = isNarrow ? (8, 7, 7, 0) : (10, 8, 9, 6)
        var heading = StyledText(" ARM", .secondary).padded(to: name + 1)
        let titles = isNarrow ? ["units", "plan", "seen"] : ["units", "planned", "observed", "off"]
        for (title, width) in zip(titles, [units, plan, seen, off]) {
            heading += StyledText(title, .secondary).padded(to: width, align: .right)
        }
        frame.write(heading, in: rect, row: 0)
        // The verdict has the last line, whatever has to go for it.
        let shown = min(description.space.armCount, max(1, rect.height - 2))
        for arm in 0..<shown {
            let observed = Double(description.armCounts[arm]) / total
            let planned = description.plannedShares[arm]
            let label = description.space.arm(arm, to: name - 1, glyphs)
            var line = StyledText(" " + label, arm == 0 ? .secondary : .text).padded(to: name + 1)
            line += StyledText(NumberText.grouped(description.armCounts[arm])).padded(to: units, align: .right)
            line += StyledText(NumberText.share(planned, decimals: 1), .secondary).padded(to: plan, align: .right)
            line += StyledText(NumberText.share(observed, decimals: 1)).padded(to: seen, align: .right)
            if off > 0 {
                line += StyledText(NumberText.signed(100 * (observed - planned), 1), .secondary).padded(
                    to: off, align: .right)
            }
            if bar >= 8 {
                line += StyledText("  ") + Bar(observed, style: .series(arm)).text(width: bar, glyphs: glyphs)
            }
            frame.write(line, in: rect, row: arm + 1)
        }
        let hidden = description.space.armCount - shown
        let more = StyledText(hidden > 0 ? " \(hidden) more arm\(hidden == 1 ? "" : "s");" : "", .secondary)
        frame.write(more + verdict(health, glyphs), in: rect, row: shown + 1)
    }

    /// Whether the counts agree with the plan: the sample ratio check in a line.
    private static func verdict(_ health: HealthReport, _ glyphs: GlyphSet) -> StyledText {
        guard let finding = health.findings.first(where: { $0.check == .sampleRatio }) else {
            return StyledText(" ! the shares were not checked against a plan", .warning)
        }
        let p = finding.details.first { $0.name == "p" }.map { ", p \(NumberText.significant($0.value, 2))" } ?? ""
        let words =
            switch finding.severity {
            case .ok: "counts agree with the plan"
            case .note: p.isEmpty ? "counts not tested against a plan" : "no plan declared; counts are equal"
            case .warning, .blocking: "counts do NOT agree with the plan"
            }
        return StyledText(" ") + ChecksPane.mark(finding.severity, glyphs) + StyledText(" \(words)\(p)", .secondary)
    }
}
