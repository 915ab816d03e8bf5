/// A table whose first columns are words and whose others are figures. Every heading says what it heads.
struct DataTable {
    enum Cell {
        case text(String)
        case figure(String)
        case chart(Element)
        /// Short words with a meaning of their own, such as a verdict.
        case mark(String, kind: String)
        /// A condition so many levels below the first.
        case nested(String, depth: Int)
    }

    /// Characters past which a text wants a column wide enough to read.
    private static let longText = 24
    private let headings: [String]
    /// Which column names its row.
    private let naming: Int
    private var rows: [[Cell]] = []
    private var footer: [Cell]?

    /// - Parameter naming: the column whose cells head their rows.
    init(_ headings: [String], naming: Int = 0) {
        self.headings = headings
        self.naming = naming
    }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// A last row that belongs to no row before it, such as the axis of charts.
    mutating func close(with cells: [Cell]) { footer = cells }

    var element: Element {
        let kinds = rows.first ?? []
        let head = headings.enumerated().map { index, heading -> Element in
            let isFigure = if index < kinds.count, case .figure = kinds[index] { true } else { false }
            guard !heading.isEmpty else { return Element("td") }
            return Element("th", isFigure ? ["scope": "col", "class": "figure"] : ["scope": "col"], heading)
        }
        let body = rows.map { row in Element("tr", [:], row.enumerated().map { cell($1, isName: $0 == naming) }) }
        var parts = [Element("thead", [:], [Element("tr", [:], head)]), Element("tbody", [:], body)]
        if let footer {
            parts.append(Element("tfoot", [:], [Element("tr", [:], footer.map { cell($0, isName: false) })]))
        }
        return Element("div", ["class": "scroll"], [Element("table", [:], parts)])
    }

    private func cell(_ cell: Cell, isName: Bool) -> Element {
        let kind: String
        let content: (text: String?, element: Element?)
        switch cell {
        case .text(let text): (kind, content) = (text.count > Self.longText ? "words" : "short", (text, nil))
        case .figure(let text): (kind, content) = ("figure", (text, nil))
        case .chart(let chart): (kind, content) = ("chart", (nil, chart))
        case .mark(let text, let own): (kind, content) = ("", (nil, Element("span", ["class": "mark \(own)"], text)))
        case .nested(let text, let depth): (kind, content) = ("rule depth\(min(depth, 8))", (text, nil))
        }
        let name = isName ? "th" : "td"
        let attributes: KeyValuePairs<String, String> =
            switch (isName, kind.isEmpty) {
            case (true, true): ["scope": "row"]
            case (true, false): ["scope": "row", "class": kind]
            case (false, true): [:]
            case (false, false): ["class": kind]
            }
        if let element = content.element { return Element(name, attributes, [element]) }
        return Element(name, attributes, content.text ?? "")
    }
}
