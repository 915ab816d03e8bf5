import Frames
import Online
import Statistics
import Texts

/// What offline was worth in every outcome: York's line, or why there is none.
enum LineTable {
    static func draw(_ lines: [RoundReading.Line], outcome j: Int, in rect: Rect, of frame: inout Frame) {
        func estimate(_ value: Double, _ interval: Interval?) -> Estimate {
            Estimate(value: value, standardError: nil, low: interval?.low, high: interval?.high)
        }
        let slopes = lines.map { line in line.line.map { estimate($0.slope, $0.slopeInterval()) } }
        FigureTable(
            title: "ONLINE BY OFFLINE",
            names: lines.enumerated().map { StyledText($1.outcome, $0 == j ? .accent.bold : .text) },
            columns: [
                FigureTable.Column(
                    title: "slope, 95%", rank: 0,
                    cells: slopes.map { slope in OnlineFigures([slope], frame.glyphs).plain(slope, isSigned: false) }),
                FigureTable.Column(
                    title: "", rank: 1, cells: lines.map { StyledText($0.reason ?? "", .secondary) }, isLeft: true),
            ], focus: nil, shown: j
        ).draw(in: rect, marks: false, of: &frame)
    }
}
