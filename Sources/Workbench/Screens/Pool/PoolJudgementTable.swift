import Frames
import Pooling
import Statistics
import Texts

/// One row a learner: its risks on units that neither fitted nor chose, and how much more they are than the pool's.
enum PoolJudgementTable {
    private struct Column {
        let title: String
        let width: Int
        /// The columns of least rank are there where not all have room.
        let rank: Int
        let text: (PoolJudgement.Row) -> StyledText
    }

    static func draw(_ state: WorkbenchState, _ fit: PoolFit, in rect: Rect, of frame: inout Frame) {
        let rows = PoolRows.judged(state, fit)
        let glyphs = frame.glyphs
        let name = max(12, min(24, (rows.map { TextWidth.width(of: $0.learner) }.max() ?? 0) + 2))
        let columns = shown(rows, room: rect.width - name - 1, glyphs)
        var header = StyledText(" LEARNER", .title).padded(to: name + 1)
        for column in columns { header += StyledText(column.title, .secondary).padded(to: column.width, align: .right) }
        frame.write(header, in: rect, row: 0)
        for (index, row) in rows.enumerated() {
            var text = StyledText(" ") + StyledText(TextWidth.truncate(row.learner, to: name - 1)).padded(to: name)
            for column in columns { text += column.text(row).padded(to: column.width, align: .right) }
            frame.write(text, in: rect, row: index + 1)
        }
    }

    private static func shown(_ rows: [PoolJudgement.Row], room: Int, _ glyphs: GlyphSet) -> [Column] {
        func number(_ value: Double?) -> StyledText {
            value.map { StyledText(Wording.number($0)) } ?? StyledText("-", .secondary)
        }
        let all = [
            Column(title: "mu-risk", width: 9, rank: 0) { number($0.muRisk) },
            Column(title: "more than the pool's", width: 21, rank: 1) { difference($0.muDifference, glyphs) },
            Column(title: "tau-risk", width: 9, rank: 2) { number($0.tauRisk) },
            Column(title: "more", width: 17, rank: 5) { difference($0.tauDifference, glyphs) },
            Column(title: "R-score", width: 9, rank: 4) { number($0.rScore) },
            Column(title: "PEHE", width: 9, rank: 3) { number($0.pehe) },
        ].filter { column in column.title != "PEHE" || rows.contains { $0.pehe != nil } }
        var kept: [Int] = []
        var left = room
        for column in all.sorted(by: { $0.rank < $1.rank }) {
            guard column.width <= left else { break }
            left -= column.width
            kept.append(column.rank)
        }
        return all.filter { kept.contains($0.rank) }
    }

    /// More risk than the pool's speaks for the pool.
    private static func difference(_ estimate: Estimate?, _ glyphs: GlyphSet) -> StyledText {
        guard let estimate else { return StyledText("-", .secondary) }
        let verdict = Verdict(estimate, sign: 1)
        let reach = estimate.halfWidth().map { " \(glyphs.plusMinus)\(Wording.number($0, fitting: 7))" }
        return StyledText(Wording.signedShort(estimate.value), verdict.style) + StyledText(reach ?? "", .secondary)
    }
}
