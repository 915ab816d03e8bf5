/// A table whose first columns are words and whose others are figures.
struct DataTable {
    enum Cell {
        case text(String)
        case figure(String)
        case chart(Element)
        /// Short words with a meaning of their own, such as a verdict.
        case mark(String, kind: String)
    }

    /// Characters past which a text wants a column wide enough to read.
    private static let longText = 24
    private let headings: [String]
    private var rows: [[Cell]] = []

    init(_ headings: [String]) { self.headings = headings }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    var element: Element {
        let kinds = rows.first ?? []
        let head = headings.enumerated().map { index, heading -> Element in
            if index < kinds.count, case .figure = kinds[index] { return Element("th", ["class": "figure"], heading) }
            return Element("th", [:], heading)
        }
        let body = rows.map { row in
            Element(
                "tr", [:],
                row.map { cell in
                    switch cell {
                    case .text(let text): Element("td", text.count > Self.longText ? ["class": "words"] : [:], text)
                    case .figure(let text): Element("td", ["class": "figure"], text)
                    case .chart(let chart): Element("td", ["class": "chart"], [chart])
                    case .mark(let text, let kind):
                        Element("td", [:], [Element("span", ["class": "mark \(kind)"], text)])
                    }
                })
        }
        return Element(
            "div", ["class": "scroll"],
            [Element("table", [:], [Element("thead", [:], [Element("tr", [:], head)]), Element("tbody", [:], body)])])
    }
}
