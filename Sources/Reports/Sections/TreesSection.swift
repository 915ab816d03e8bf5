import Effects
import Studies
import Texts

/// The honest trees, each beside the test whether the effect differs between units at all: open where it does, folded where
/// chance could have made the tree.
struct TreesSection {
    let study: Study
    /// The tests; nil where none was made.
    let models: ModelReport?

    var elements: [Element] {
        let outcomes = study.space.outcomeCount
        let split = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count > 1 }
        let single = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count == 1 }
        func name(_ tree: Int) -> String {
            let contrast = ContrastIndex(position: tree, outcomeCount: outcomes)
            return "\(study.space.arms[contrast.arm]) on \(study.space.outcomes[contrast.outcome].name)"
        }
        var elements = [Element("p", ["class": "quiet"], explanation)]
        elements += split.sorted { (isDetected($1) ? 1 : 0, $0) < (isDetected($0) ? 1 : 0, $1) }.flatMap { tree in
            let words = "\(name(tree)): \(verdict(tree))"
            let own = table(tree, of: name(tree))
            guard !isDetected(tree) else { return [Element("h3", [:], words), own] }
            return [Element("details", [:], [Element("summary", [:], words), own])]
        }
        if !single.isEmpty {
            elements.append(
                Element(
                    "p", ["class": "quiet"],
                    "One leaf, and so no groups, has the tree of \(single.map(name).joined(separator: ", "))."))
        }
        return elements
    }

    private var explanation: String {
        let tests =
            models.map { report in
                "Beside each stands the test whether the effect differs between units at all, of learners that never saw the "
                    + "units they judge (p after Holm over \(report.verdicts.count) pairs of arm and outcome and all learners). "
                    + "Trees of pairs where no difference is detected are folded: their leaves may be chance."
            } ?? "Whether effects differ at all was not tested (`espalier models` does), so all trees are folded."
        return
            "One tree for each arm and outcome. One half of the tune units grew it, the other half gives its leaves their "
            + "effects, so their average may differ a little from the figures above. " + tests
    }

    private func verdict(of tree: Int) -> HeterogeneityVerdict? {
        models.flatMap { $0.verdicts.indices.contains(tree) ? $0.verdicts[tree] : nil }
    }

    private func isDetected(_ tree: Int) -> Bool { verdict(of: tree)?.isDetected ?? false }

    private func verdict(_ tree: Int) -> String {
        guard let verdict = verdict(of: tree) else { return "not tested" }
        guard verdict.statistic != nil else { return "no difference between units detected" }
        let p = "p \(NumberText.probability(verdict.adjustedP).replacing("<", with: "< "))"
        return verdict.isDetected
            ? "effects differ between units (\(p), learner \(verdict.learner))"
            : "no difference between units detected (\(p))"
    }

    private func table(_ tree: Int, of name: String) -> Element {
        let outline = study.trees.outline(of: tree)
        let outcome = ContrastIndex(position: tree, outcomeCount: study.space.outcomeCount).outcome
        let chart = IntervalChart(sharedBy: intervals(outline), unit: study.space.outcomes[outcome].name)
        var table = DataTable(["who", "tune units", "effect", "95% interval", ""])
        func add(_ node: TreeOutline, depth: Int) {
            table.add([
                .nested(node.rule, depth: depth), .figure(NumberText.grouped(node.units)),
                .figure(ReportText.signed(node.effect)), .figure(ReportText.interval(node.low, node.high)),
                .chart(
                    chart.row(
                        node.effect, low: node.low, high: node.high, of: "\(name) where \(node.rule)")),
            ])
            for child in node.children { add(child, depth: depth + 1) }
        }
        add(outline, depth: 0)
        table.close(with: Array(repeating: .text(""), count: 4) + [.chart(chart.axis)])
        return table.element
    }

    private func intervals(_ node: TreeOutline) -> [(low: Double, high: Double)] {
        [(node.low, node.high)] + node.children.flatMap(intervals)
    }
}
