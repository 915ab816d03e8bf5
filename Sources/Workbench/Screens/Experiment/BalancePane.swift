import Experiments
import Frames
import Policies
import Studies
import Texts

/// Balance of the covariates as a dot plot of standardised differences from control, each arm as its number on the track.
enum BalancePane {
    static func draw(
        _ state: WorkbenchState, _ description: StudyDescription, _ health: HealthReport, in rect: Rect,
        of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let hasCursor = state.experiment.pane == .balance
        guard let balance = health.balance else {
            frame.write(ChecksPane.title("BALANCE", hasCursor, "covariates by arm", glyphs), in: rect, row: 0)
            let count = description.covariates.count
            frame.write(
                "   not checked: how the arms compare in \(count) covariates is not known to this study", in: rect,
                row: 1,
                style: .warning)
            frame.write("   fit again to check it", in: rect, row: 2, style: .secondary)
            return
        }
        let covariates = ExperimentRows.covariates(state, balance)
        let name = min(
            max(14, (covariates.map { TextWidth.width(of: ExperimentRows.label($0)) }.max() ?? 0) + 2),
            rect.width * 4 / 10)
        let track = max(9, rect.width - name - 19)
        let reach = max(0.15, 1.1 * (covariates.map(\.largest).max() ?? 0))
        frame.write(heading(balance, hasCursor, glyphs), in: rect, row: 0)
        let columns =
            StyledText(" covariate", .secondary).padded(to: name + 1)
            + axis(reach, width: track).padded(to: track)
            + StyledText("largest", .secondary).padded(to: 9, align: .right)
            + StyledText("Holm p", .secondary).padded(to: 8, align: .right)
        frame.write(columns, in: rect, row: 1)
        let focus = hasCursor ? min(state.experiment.row, max(0, covariates.count - 1)) : 0
        let window = ScrollWindow(count: covariates.count, focus: focus, room: rect.height - 2)
        for (line, index) in window.shown.enumerated() {
            let covariate = covariates[index]
            let isFocused = hasCursor && index == focus
            let isApart = covariate.differsByArm || covariate.largest > tolerable
            var text = glyphs.focusMark(isFocused)
            text += StyledText(
                TextWidth.truncate(ExperimentRows.label(covariate), to: name - 1, ellipsis: glyphs.ellipsis),
                isFocused ? .focus.bold : .text
            ).padded(to: name)
            text += dots(covariate, reach, width: track, glyphs)
            text += StyledText(NumberText.fixed(covariate.largest, 3), isApart ? .warning : .text).padded(
                to: 9, align: .right)
            text += StyledText(covariate.adjustedP.map { NumberText.significant($0, 2) } ?? "-", .secondary).padded(
                to: 8, align: .right)
            text +=
                covariate.differsByArm
                ? LimitMark.outside.text(glyphs) : isApart ? StyledText("!", .warning) : StyledText(" ")
            frame.write(text, in: rect, row: line + 2)
            if hasCursor { frame.mark(.row(index), rect.row(line + 2)) }
        }
        window.drawMarks(in: rect, top: 2, of: &frame)
    }

    /// A standardised difference that comparisons are usually held to (Austin 2009), marked on the track.
    private static let tolerable = 0.1

    private static func heading(_ balance: BalanceReport, _ hasCursor: Bool, _ glyphs: GlyphSet) -> StyledText {
        var text = ChecksPane.title("BALANCE", hasCursor, "sd from \(balance.control)", glyphs)
        for (arm, label) in balance.arms.enumerated() {
            text += StyledText("  \(digit(arm))", .series(arm + 1).bold) + StyledText(" \(label)", .secondary)
        }
        if let p = balance.omnibus?.p {
            text += StyledText("  all at once p \(NumberText.significant(p, 2))", .secondary)
        }
        return text
    }

    private static func digit(_ arm: Int) -> String { arm < 9 ? "\(arm + 1)" : "*" }

    private static func axis(_ reach: Double, width: Int) -> StyledText {
        let low = NumberText.signed(-reach, 2)
        let high = NumberText.signed(reach, 2)
        let middle = width / 2 - low.count
        return StyledText(low, .secondary) + StyledText("0", .secondary).padded(to: max(1, middle + 1), align: .right)
            + StyledText(high, .secondary).padded(to: max(1, width - width / 2 - 1), align: .right)
    }

    private static func dots(_ covariate: CovariateBalance, _ reach: Double, width: Int, _ glyphs: GlyphSet)
        -> StyledText
    {
        func column(_ value: Double) -> Int {
            Int((min(max((value / reach + 1) / 2, 0), 1) * Double(width - 1)).rounded())
        }
        var cells = [(String, Style)](repeating: (" ", .text), count: width)
        for place in [column(-tolerable), column(tolerable)] { cells[place] = (String(glyphs.vertical), .limit) }
        cells[column(0)] = (String(glyphs.vertical), .border)
        for (arm, value) in covariate.differences.enumerated() where value.isFinite {
            cells[column(value)] = (digit(arm), .series(arm + 1).bold)
        }
        return cells.reduce(into: StyledText()) { $0.append($1.0, $1.1) }
    }
}
