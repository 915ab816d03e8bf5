import Effects
import Studies
import Texts

/// The honest trees that found groups with different effects.
struct TreesSection {
    let study: Study

    var elements: [Element] {
        let outcomes = study.space.outcomeCount
        let split = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count > 1 }
        let single = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count == 1 }
        func name(_ tree: Int) -> String {
            let contrast = ContrastIndex(position: tree, outcomeCount: outcomes)
            return "\(study.space.arms[contrast.arm]) on \(study.space.outcomes[contrast.outcome].name)"
        }
        var elements = split.flatMap { index -> [Element] in
            let outline = study.trees.outline(of: index)
            let chart = IntervalChart(sharedBy: intervals(outline))
            return [
                Element("h3", [:], name(index)), Element("ul", ["class": "tree"], [item(outline, chart)]),
            ]
        }
        if !single.isEmpty {
            elements.append(
                Element(
                    "p", ["class": "quiet"],
                    "No difference between units was found for \(single.map(name).joined(separator: ", "))."))
        }
        return elements
    }

    private func intervals(_ node: TreeOutline) -> [(low: Double, high: Double)] {
        [(node.low, node.high)] + node.children.flatMap(intervals)
    }

    private func item(_ node: TreeOutline, _ chart: IntervalChart) -> Element {
        let line = Element(
            "div", ["class": "leaf"],
            [
                Element("span", ["class": "rule"], node.rule),
                Element("span", ["class": "figure"], NumberText.grouped(node.units) + " units"),
                Element(
                    "span", ["class": "figure"],
                    "\(ReportText.signed(node.effect)) (\(ReportText.interval(node.low, node.high)))"),
                chart.row(node.effect, low: node.low, high: node.high),
            ])
        guard !node.children.isEmpty else { return Element("li", [:], [line]) }
        return Element("li", [:], [line, Element("ul", [:], node.children.map { item($0, chart) })])
    }
}
