import Texts

extension PlotCanvas {
    /// Marks on their points, and texts beside theirs: none over another, a leader line to those that stand apart, the latest
    /// given its place first.
    func drawLabels(in plot: Rect, of frame: inout Frame) {
        var taken: Set<Int> = []
        func cells(_ x: Int, _ y: Int, _ width: Int) -> [Int] { (x..<x + width).map { y * Rect.bound + $0 } }
        var texts: [(text: String, x: Int, y: Int, style: Style)] = []
        for case .label(let text, let point, let style, let isCentred) in layers {
            guard isInside(point), let column = column(of: point.x, in: plot, frame.glyphs),
                let row = row(of: point.y, in: plot, frame.glyphs)
            else { continue }
            guard isCentred else {
                texts.append((text, column, row, style))
                continue
            }
            frame.write(text, x: column, y: row, style: style, in: plot)
            taken.formUnion(cells(column, row, TextWidth.width(of: text)))
        }
        // What is drawn last matters most, and gets the best place.
        for label in texts.reversed() {
            let width = TextWidth.width(of: label.text)
            let place = LabelPlace.all(width: width).first { place in
                let (x, y) = (label.x + place.across, label.y + place.up)
                guard x >= plot.x, x + width <= plot.maxX, y >= plot.y, y < plot.maxY else { return false }
                let leader = place.leader.flatMap { cells(label.x + $0.across, label.y + $0.up, 1) }
                return taken.isDisjoint(with: cells(x, y, width)) && taken.isDisjoint(with: leader)
            }
            guard let place else { continue }
            for step in place.leader {
                let line = step.up == 0 ? frame.glyphs.horizontal : frame.glyphs.vertical
                frame.write(String(line), x: label.x + step.across, y: label.y + step.up, style: .border, in: plot)
                taken.formUnion(cells(label.x + step.across, label.y + step.up, 1))
            }
            let (x, y) = (label.x + place.across, label.y + place.up)
            frame.write(label.text, x: x, y: y, style: label.style, in: plot)
            taken.formUnion(cells(x, y, width))
        }
    }
}

/// Where a text may stand beside its point, in columns to the right and rows down, with the cells of the line that leads there.
private struct LabelPlace {
    let across: Int
    let up: Int
    var leader: [(across: Int, up: Int)] = []

    /// The nearest first: beside the point, above and below it, then farther away by a leader line.
    static func all(width: Int) -> [LabelPlace] {
        var places = [
            LabelPlace(across: 1, up: 0), LabelPlace(across: -width, up: 0), LabelPlace(across: 0, up: -1),
            LabelPlace(across: 0, up: 1), LabelPlace(across: 1 - width, up: -1), LabelPlace(across: 1 - width, up: 1),
        ]
        for distance in 2...4 {
            let steps = 1..<distance
            if distance <= 3 {
                places.append(LabelPlace(across: 0, up: -distance, leader: steps.map { (0, -$0) }))
                places.append(LabelPlace(across: 0, up: distance, leader: steps.map { (0, $0) }))
            }
            places.append(LabelPlace(across: distance, up: 0, leader: steps.map { ($0, 0) }))
            places.append(LabelPlace(across: 1 - width - distance, up: 0, leader: steps.map { (-$0, 0) }))
        }
        return places
    }
}
