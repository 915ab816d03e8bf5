import Experiments
import Frames
import Policies
import Studies
import Texts

/// The chosen policy: what it does, what it brought, how it is made.
struct PolicySection {
    let study: Study
    let candidate: Candidate

    var elements: [Element] {
        var elements = [candidate.tune, candidate.confirm].compactMap { $0 }.flatMap(evaluation)
        if let shares = (candidate.confirm ?? candidate.tune)?.shares {
            var table = DataTable(["arm", "share of units", ""])
            for arm in study.space.arms {
                let share = shares[arm] ?? 0
                table.add([.text(arm), .figure(ReportText.percent(share)), .chart(ShareBar.element(share))])
            }
            elements += [Element("h3", [:], "Who gets what"), table.element]
        }
        return elements + rule
    }

    private func evaluation(_ evaluation: PolicyEvaluation) -> [Element] {
        let chart = IntervalChart(
            sharedBy: evaluation.outcomes.compactMap { outcome in
                guard let relative = outcome.relative, let low = relative.low, let high = relative.high else {
                    return nil
                }
                return (low, high)
            })
        var table = DataTable(["outcome", "control", "policy", "change", "", "against \(evaluation.bestArm)", "limit"])
        for outcome in evaluation.outcomes {
            let interval: DataTable.Cell =
                if let relative = outcome.relative, let low = relative.low, let high = relative.high {
                    .chart(chart.row(relative.value, low: low, high: high))
                } else {
                    .text("")
                }
            table.add([
                .text(outcome.name), .figure(ReportText.figure(outcome.control)),
                .figure(ReportText.figure(outcome.value)), .figure(ReportText.change(outcome)), interval,
                .figure(ReportText.signed(outcome.againstBestArm?.value)), ReportText.limit(outcome.limit),
            ])
        }
        let title =
            evaluation.split == .confirm
            ? "On the confirm units, which chose nothing" : "On the tune units, where it was found"
        return [
            Element("h3", [:], title), table.element,
            Element(
                "p", ["class": "quiet"],
                "\(evaluation.estimator.uppercased()) on \(NumberText.grouped(evaluation.units)) units, effective sample "
                    + NumberText.grouped(Int(evaluation.effectiveSampleSize.rounded())) + "."),
        ]
    }

    /// The policy in words: utility of every arm, the highest wins.
    private var rule: [Element] {
        let space = study.space
        var table = DataTable(["knob", "value"])
        for (j, outcome) in space.outcomes.enumerated() {
            table.add([
                .text("weight of \(outcome.name)"), .figure(ReportText.figure(candidate.policy.linear.weights[j])),
            ])
        }
        for (i, arm) in space.arms.enumerated() where i > 0 {
            table.add([.text("bias of \(arm)"), .figure(ReportText.figure(candidate.policy.linear.biases[i]))])
        }
        return [
            Element("h3", [:], "How it decides"),
            Element(
                "p", [:],
                "Every unit gets the arm of highest utility: the arm's bias plus the sum over outcomes of the weight times "
                    + "the unit's estimated effect, counted as good when it moves the outcome in its direction. Control has "
                    + "utility 0 and wins ties."), table.element,
        ]
    }
}
