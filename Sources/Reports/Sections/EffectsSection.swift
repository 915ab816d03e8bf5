import Effects
import Studies
import Texts

/// What every arm did on average, with intervals on one scale per outcome.
struct EffectsSection {
    let study: Study

    var elements: [Element] {
        study.space.outcomes.indices.flatMap { outcome in
            let effects = study.description.averageEffects.filter { $0.outcome == outcome && $0.isEstimable }
            let chart = IntervalChart(sharedBy: effects.map { ($0.difference.low, $0.difference.high) })
            var table = DataTable(["arm", "control", "with the arm", "difference", "95% interval", "relative", ""])
            for effect in effects {
                let difference = effect.difference
                table.add([
                    .text(study.space.arms[effect.arm]), .figure(ReportText.figure(effect.controlMean)),
                    .figure(ReportText.figure(effect.armMean)), .figure(ReportText.signed(difference.effect)),
                    .figure(ReportText.interval(difference.low, difference.high)),
                    .figure(effect.lift.map { NumberText.percent($0.value, 1, signed: true) } ?? ""),
                    .chart(chart.row(difference.effect, low: difference.low, high: difference.high)),
                ])
            }
            let described = study.space.outcomes[outcome]
            let aim = described.sign > 0 ? "more is better" : "less is better"
            return [
                Element("h3", [:], "\(described.name) (\(aim), \(ReportText.threshold(described)))"), table.element,
            ]
        }
    }
}
