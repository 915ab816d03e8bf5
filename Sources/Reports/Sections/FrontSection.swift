import Frames
import Frontier
import Policies
import Studies

/// The trade-offs that were found and the candidates picked from them.
struct FrontSection {
    let study: Study
    let candidates: [Candidate]
    let arms: [PolicyEvaluation]
    /// The policies on the front last searched that are no candidates: those are but a readable handful of it.
    let front: [FrontPoint]

    var elements: [Element] {
        guard !candidates.isEmpty else {
            return [Element("p", ["class": "quiet"], "No front has been searched and no policy has been kept yet.")]
        }
        return charts + picks
    }

    /// The first outcome against every other.
    private var charts: [Element] {
        (1..<max(1, study.space.outcomeCount)).compactMap { outcome in
            FrontChart(study, horizontal: outcome, vertical: 0).element(
                candidates: candidates, arms: arms, front: front
            ).map { chart in
                Element(
                    "figure", [:],
                    [
                        chart,
                        Element(
                            "figcaption", [:],
                            "Changes against control on tune units. Dots are policies, the line borders what they attain, "
                                + "crosses are single arms, large dots the picks with 95% intervals; dashed lines are limits."
                        ),
                    ])
            }
        }
    }

    private var picks: [Element] {
        let picked = candidates.filter(\.isPicked)
        guard !picked.isEmpty else {
            return [Element("p", ["class": "quiet"], "No candidate has been picked, so the confirm split is unopened.")]
        }
        var table = DataTable(["pick", "note"] + study.space.outcomes.flatMap { ["\($0.name), tune", "confirm"] })
        for candidate in picked {
            table.add(
                [.text(candidate.name), .text(candidate.note)]
                    + study.space.outcomes.indices.flatMap { outcome -> [DataTable.Cell] in
                        [
                            .figure(ReportText.change(candidate.tune?.outcomes[outcome])),
                            .figure(candidate.confirm.map { ReportText.change($0.outcomes[outcome]) } ?? "not opened"),
                        ]
                    })
        }
        return [
            Element("h3", [:], "Picked for an online test"), table.element,
            Element(
                "p", ["class": "quiet"],
                "Picks were chosen on tune, so their tune figures are optimistic; confirm units chose nothing."),
        ]
    }
}
