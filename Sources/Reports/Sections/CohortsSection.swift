import Effects
import Policies
import Studies
import Texts

/// The largest merged cohorts: who they are, what the chosen policy gives them, and the effects of their leaves.
struct CohortsSection {
    let study: Study
    let models: ModelReport?
    /// What the chosen policy does by cohort; nil without one, or with one of another kind.
    let gains: [GroupGain]?
    private static let shown = 20

    var elements: [Element] {
        let outcomes = study.space.outcomeCount
        let grown = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count > 1 }
        // A tree with one leaf says the same of every cohort: its column would only repeat the average.
        let telling = grown.filter { models?.verdicts[$0].isDetected ?? true }
        guard !grown.isEmpty else {
            return [Element("p", ["class": "quiet"], "The trees tell no groups apart, so all units are one cohort.")]
        }
        let rest = study.trees.cohorts.rows.count - count
        var elements = [who]
        if let arms { elements += [Element("h3", [:], "What the chosen policy gives them"), arms] }
        if telling.isEmpty {
            elements.append(
                Element(
                    "p", ["class": "quiet"],
                    "No arm's effect is detected to differ between units, so cohorts have no effects of their own to show."
                ))
        } else {
            elements.append(Element("h3", [:], "Their effects, where effects are detected to differ"))
            // By outcome, so that a table is never wider than a page.
            for outcome in 0..<outcomes {
                let own = telling.map { ContrastIndex(position: $0, outcomeCount: outcomes) }
                    .filter { $0.outcome == outcome }
                if !own.isEmpty { elements.append(effects(own, outcome: outcome)) }
            }
        }
        let note =
            "Cohorts that share a leaf share its one estimate; * marks an interval that excludes zero."
            + (rest > 0 ? " \(rest) smaller cohorts are left out here." : "")
        return elements + [Element("p", ["class": "quiet"], note)]
    }

    private var count: Int { min(Self.shown, study.trees.cohorts.rows.count) }

    private var who: Element {
        var table = DataTable(["cohort", "who", "tune units"])
        for row in study.trees.cohorts.rows.prefix(count) {
            table.add([.figure("\(row.id)"), .text(row.rule), .figure(NumberText.grouped(row.units))])
        }
        return table.element
    }

    /// Shares of the arms, and what that gains in the objective.
    private var arms: Element? {
        guard let gains, gains.count >= count else { return nil }
        let objective = study.space.outcomes[0].name
        var table = DataTable(["cohort"] + study.space.arms + ["\(objective), against control", "95% interval"])
        for (index, row) in study.trees.cohorts.rows.prefix(count).enumerated() {
            let gain = gains[index].gains[0]
            table.add(
                [.figure("\(row.id)")]
                    + gains[index].shares.map { .figure($0 == 0 ? "" : ReportText.percent($0)) }
                    + [.figure(ReportText.signed(gain?.value)), .figure(ReportText.interval(gain))])
        }
        return table.element
    }

    private func effects(_ contrasts: [ContrastIndex], outcome: Int) -> Element {
        let name = study.space.outcomes[outcome].name
        var table = DataTable(["cohort"] + contrasts.map { "\(study.space.arms[$0.arm]) on \(name)" })
        for (index, row) in study.trees.cohorts.rows.prefix(count).enumerated() {
            table.add(
                [.figure("\(row.id)")]
                    + contrasts.map { contrast in
                        let effect = study.trees.cohorts.effect(
                            cohort: index, arm: contrast.arm, outcome: contrast.outcome)
                        return .figure(ReportText.signed(effect.effect) + (effect.excludesZero ? " *" : ""))
                    })
        }
        return table.element
    }
}
