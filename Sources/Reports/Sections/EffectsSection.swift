import Policies
import Studies
import Texts

/// What every arm would do if everyone got it, with intervals on one scale per outcome: the same figures, by the same estimator,
/// as policies have everywhere else on the page.
struct EffectsSection {
    let study: Study
    /// Every arm given to everyone, control first, on tune.
    let arms: [PolicyEvaluation]

    var elements: [Element] {
        study.space.outcomes.indices.flatMap { j -> [Element] in
            let described = study.space.outcomes[j]
            let estimates = arms.dropFirst().map { $0.outcomes[j].difference }
            let chart = IntervalChart(
                sharedBy: estimates.compactMap { estimate in
                    guard let low = estimate?.low, let high = estimate?.high else { return nil }
                    return (low, high)
                }, unit: described.name)
            var table = DataTable([
                "arm", "difference", "95% interval", "relative", "", "mean of control", "mean with the arm",
            ])
            for (arm, evaluation) in arms.enumerated().dropFirst() {
                let own = evaluation.outcomes[j]
                let interval: DataTable.Cell =
                    if let difference = own.difference, let low = difference.low, let high = difference.high {
                        .chart(
                            chart.row(
                                difference.value, low: low, high: high,
                                of: "\(study.space.arms[arm]) on \(described.name)"))
                    } else {
                        .text("")
                    }
                table.add([
                    .text(study.space.arms[arm]), .figure(ReportText.signed(own.difference?.value)),
                    .figure(ReportText.interval(own.difference)),
                    .figure(own.relative == nil ? "" : ReportText.change(own)), interval,
                    .figure(ReportText.figure(own.control)), .figure(ReportText.figure(own.value)),
                ])
            }
            table.close(with: Array(repeating: .text(""), count: 4) + [.chart(chart.axis), .text(""), .text("")])
            let aim = described.sign > 0 ? "more is better" : "less is better"
            return [
                Element("h3", [:], "\(described.name) (\(aim), \(ReportText.threshold(described)))"), table.element,
            ]
        } + [
            Element(
                "p", ["class": "quiet"],
                "Doubly robust: differences on tune units, adjusted by models of the covariates. "
                    + "`espalier check --show effects` has the plain differences of means beside them.")
        ]
    }
}
