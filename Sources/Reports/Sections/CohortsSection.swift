import Effects
import Studies
import Texts

/// The largest merged cohorts with the effects of their leaves.
struct CohortsSection {
    let study: Study
    private static let shown = 20

    init(study: Study) { self.study = study }

    var elements: [Element] {
        let cohorts = study.trees.cohorts
        let outcomes = study.space.outcomeCount
        // A tree with one leaf says the same of every cohort: its column would only repeat the average.
        let telling = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count > 1 }
            .map { ContrastIndex(position: $0, outcomeCount: outcomes) }
        guard !telling.isEmpty else {
            return [Element("p", ["class": "quiet"], "The trees tell no groups apart, so all units are one cohort.")]
        }
        let names = telling.map {
            "\(study.space.arms[$0.arm]), \(study.space.outcomes[$0.outcome].name)"
        }
        var table = DataTable(["cohort", "who", "units"] + names)
        for (index, row) in cohorts.rows.prefix(Self.shown).enumerated() {
            table.add(
                [.figure("\(row.id)"), .text(row.rule), .figure(NumberText.grouped(row.units))]
                    + telling.map { contrast in
                        let effect = cohorts.effect(cohort: index, arm: contrast.arm, outcome: contrast.outcome)
                        let star = effect.excludesZero ? " *" : ""
                        return .figure(ReportText.signed(effect.effect) + star)
                    })
        }
        let rest = cohorts.rows.count - min(Self.shown, cohorts.rows.count)
        let note =
            "Cohorts that share a leaf share its one estimate; * marks an interval that excludes zero."
            + (rest > 0 ? " \(rest) smaller cohorts are left out here." : "")
        return [table.element, Element("p", ["class": "quiet"], note)]
    }
}
