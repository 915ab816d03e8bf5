import Foundation
import Frames
import Simulation
import Statistics
import Studies
import Texts

/// One row a method: its figures, and its value with whiskers on an axis that all of them share.
struct LaboratoryTable {
    private static let nameWidth = 23
    private static let leastPlot = 9

    private let state: WorkbenchState
    private let summary: LaboratorySummary?
    private let rows: [String: LaboratoryRow]
    private let notApart: Set<String>
    private let scale: ClosedRange<Double>
    /// Of every value: three digits of the largest.
    private let decimals: Int

    init(_ state: WorkbenchState) {
        self.state = state
        summary = LaboratoryRows.summary(state)
        rows = Dictionary((summary?.rows ?? []).map { ($0.method, $0) }) { first, _ in first }
        notApart = Set(summary?.indistinguishable ?? [])
        let ends = rows.values.flatMap { [$0.value - Self.reach($0), $0.value + Self.reach($0)] }
        scale = PlotAxis.range(of: ends + [0])
        let largest = rows.values.map { abs($0.value) }.max() ?? 0
        decimals = largest > 0 ? Int(min(6, max(0, 2 - log10(largest).rounded(.down)))) : 2
    }

    /// Half of a value's 95% interval.
    private static func reach(_ row: LaboratoryRow) -> Double { Confidence.halfWidth(of: row.standardError) }

    /// The columns there is room for, with what they say of a method.
    private struct Column {
        let title: String
        let width: Int
        let text: (LaboratoryMethod) -> StyledText
    }

    func draw(in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        // Where there is little room limits stand below, for the focused method alone.
        let isNarrow = rect.width < 76
        let (list, foot) = rect.splitBottom(isNarrow && rect.height > 4 ? 1 : 0)
        var columns = [
            Column(title: "value  95%", width: 15) { value($0, glyphs) },
            Column(title: "relative", width: 8) { text($0) { $0.relative.map { NumberText.fixed($0, 3) } } },
        ]
        if rect.width >= 100 { columns.append(Column(title: "less best", width: 14) { difference($0, glyphs) }) }
        if !isNarrow {
            columns += [
                Column(title: "violation", width: 9) { violation($0) },
                Column(title: "keeps", width: 5) { text($0) { NumberText.percent($0.feasibleShare, 0) } },
            ]
        }
        let used = columns.reduce(Self.nameWidth) { $0 + $1.width + 1 } + 2
        let plot = min(100, rect.width - used)
        let listed = LaboratoryRows.listed(state)
        var all = [Table.Column("   METHOD", width: .fixed(Self.nameWidth))]
        all += columns.map { Table.Column($0.title, width: .fixed($0.width), align: .right) }
        if plot >= Self.leastPlot { all.append(Table.Column(axis(plot), width: .fixed(plot))) }
        let window = ScrollWindow(count: listed.count, focus: state.laboratory.row, room: max(1, list.height - 1))
        Table(
            columns: all,
            rows: listed.map { method in
                [name(method, glyphs)] + columns.map { $0.text(method) }
                    + (plot >= Self.leastPlot ? [whiskers(method, plot, glyphs)] : [])
            }, selected: min(state.laboratory.row, listed.count - 1), offset: window.first
        ).draw(in: list, of: &frame)
        if listed.isEmpty { frame.write(" no method has these words", in: list, row: 1, style: .secondary) }
        guard foot.height > 0, let method = LaboratoryRows.focused(state), let row = rows[method.name] else { return }
        frame.write(
            " \(method.name): violation \(NumberText.fixed(row.violation, 3)), limits kept in "
                + NumberText.percent(row.feasibleShare, 0), in: foot, style: .secondary)
    }

    /// Marked where it is the best, or cannot be told from it; dim where it is left out.
    private func name(_ method: LaboratoryMethod, _ glyphs: GlyphSet) -> StyledText {
        let mark: StyledText =
            method.name == summary?.best?.method
            ? StyledText(String(glyphs.pick), .plotPick)
            : notApart.contains(method.name) ? StyledText(String(glyphs.ring), .plotPick) : StyledText(" ")
        let isOut = state.laboratory.leftOut.contains(method.name)
        return StyledText(" ") + mark + StyledText(" ") + StyledText(method.name, isOut ? .secondary : .text)
            + StyledText(isOut ? " \(glyphs.cross)" : "", .secondary)
    }

    private func text(_ method: LaboratoryMethod, _ figure: (LaboratoryRow) -> String?) -> StyledText {
        rows[method.name].flatMap(figure).map { StyledText($0) } ?? StyledText("-", .secondary)
    }

    private func value(_ method: LaboratoryMethod, _ glyphs: GlyphSet) -> StyledText {
        guard let row = rows[method.name] else { return StyledText("-", .secondary) }
        return StyledText(NumberText.fixed(row.value, decimals))
            + StyledText(" \(glyphs.plusMinus)\(NumberText.fixed(Self.reach(row), decimals))", .secondary)
    }

    private func difference(_ method: LaboratoryMethod, _ glyphs: GlyphSet) -> StyledText {
        guard let difference = summary?.difference(method.name) else { return StyledText("-", .secondary) }
        let reach = difference.standardError.map {
            " \(glyphs.plusMinus)\(NumberText.fixed(Confidence.halfWidth(of: $0), 3))"
        }
        return StyledText(NumberText.signed(difference.value, 3), difference.isToldApart ? .bad : .text)
            + StyledText(reach ?? "", .secondary)
    }

    private func violation(_ method: LaboratoryMethod) -> StyledText {
        guard let row = rows[method.name] else { return StyledText("-", .secondary) }
        return StyledText(NumberText.fixed(row.violation, 3), row.violation > 0 ? .warning : .good)
    }

    private func whiskers(_ method: LaboratoryMethod, _ width: Int, _ glyphs: GlyphSet) -> StyledText {
        guard let row = rows[method.name] else { return StyledText("") }
        let isBest = method.name == summary?.best?.method || notApart.contains(method.name)
        return IntervalBar(
            low: row.value - Self.reach(row), value: row.value, high: row.value + Self.reach(row), scale: scale,
            style: isBest ? .plotPick : .bar
        ).text(width: width, glyphs: glyphs)
    }

    /// The ends of the axis, at its ends.
    private func axis(_ width: Int) -> String {
        guard !rows.isEmpty else { return "" }
        let (low, high) = (
            NumberText.significant(scale.lowerBound, 2), NumberText.significant(scale.upperBound, 2)
        )
        let gap = width - TextWidth.width(of: low) - TextWidth.width(of: high)
        return gap > 0 ? low + String(repeating: " ", count: gap) + high : ""
    }
}
