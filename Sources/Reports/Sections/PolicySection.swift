import Experiments
import Frames
import Policies
import Statistics
import Studies
import Texts

/// The chosen policy: what it does, what it brought, how it is made.
struct PolicySection {
    let study: Study
    let candidate: Candidate
    /// The policy in a few rules; nil where the data are not there to make them.
    let explanation: PolicyExplanation?

    var elements: [Element] {
        var elements = [candidate.tune, candidate.confirm].compactMap { $0 }.flatMap(evaluation)
        if let shares = (candidate.confirm ?? candidate.tune)?.shares {
            var table = DataTable(["arm", "share of units", ""])
            for arm in study.space.arms {
                let share = shares[arm] ?? 0
                table.add([.text(arm), .figure(ReportText.percent(share)), .chart(ShareBar.element(share, of: arm))])
            }
            elements += [Element("h3", [:], "Who gets what"), table.element]
        }
        return elements + rule + rules
    }

    /// A few rules that say nearly the same.
    private var rules: [Element] {
        guard let explanation else {
            return [
                Element(
                    "p", ["class": "quiet"],
                    "The policy in a few rules takes the data file, which was not there: `espalier explain` has them.")
            ]
        }
        let covariates = study.description.covariates
        let own = explanation.tree.rules(covariates)
        let units = own.reduce(0) { $0 + $1.units }
        var table = DataTable(["who", "gets", "share of units"])
        for rule in own {
            let condition = rule.region.text(covariates)
            table.add([
                .text(condition.isEmpty ? "everyone" : condition), .text(study.space.arms[rule.arm]),
                .figure(ReportText.percent(Double(rule.units) / Double(max(1, units)))),
            ])
        }
        let losses = explanation.losses.map {
            "\($0.name) \(ReportText.signed($0.difference.value))"
                + ($0.difference.interval.map { " (\(ReportText.interval($0.low, $0.high)))" } ?? "")
        }
        return [
            Element("h3", [:], "In a few rules"), table.element,
            Element(
                "p", ["class": "quiet"],
                "Rules by a shallow tree, which give the same arm as the policy to "
                    + "\(NumberText.percent(explanation.fidelity, 1)) of the units. Run in its place they would change: "
                    + "\(losses.joined(separator: ", "))."),
        ]
    }

    private func evaluation(_ evaluation: PolicyEvaluation) -> [Element] {
        let chart = IntervalChart(
            sharedBy: evaluation.outcomes.compactMap { outcome in
                guard let relative = outcome.relative, let low = relative.low, let high = relative.high else {
                    return nil
                }
                return (100 * low, 100 * high)
            }, unit: "% of control")
        var table = DataTable([
            "outcome", "change", "", "limit", "against \(evaluation.bestArm) for everyone", "control", "policy",
        ])
        for outcome in evaluation.outcomes {
            let interval: DataTable.Cell =
                if let relative = outcome.relative, let low = relative.low, let high = relative.high {
                    .chart(
                        chart.row(
                            100 * relative.value, low: 100 * low, high: 100 * high,
                            of: "policy \(candidate.name) on \(outcome.name)"))
                } else {
                    .text("")
                }
            table.add([
                .text(outcome.name), .figure(ReportText.change(outcome)), interval, ReportText.limit(outcome.limit),
                .figure(Self.against(outcome.againstBestArm)), .figure(ReportText.figure(outcome.control)),
                .figure(ReportText.figure(outcome.value)),
            ])
        }
        if evaluation.outcomes.contains(where: { $0.relative?.low != nil }) {
            table.close(
                with: [.text(""), .text(""), .chart(chart.axis)] + Array(repeating: .text(""), count: 4))
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

    /// "+0.12 (+0.05 to +0.19)".
    private static func against(_ estimate: Estimate?) -> String {
        guard let estimate else { return "not estimable" }
        let interval = ReportText.interval(estimate)
        return ReportText.signed(estimate.value) + (interval.isEmpty ? "" : " (\(interval))")
    }

    /// The policy in words: utility of every arm, the highest wins.
    private var rule: [Element] {
        switch candidate.policy {
        case .linear(let policy): utilities(policy)
        case .cohort(let policy): cohorts(policy)
        case .ranking(let policy): ranking(policy)
        }
    }

    /// Shares by cohort; cohorts without units are left out, and of many the largest are shown.
    private func cohorts(_ policy: CohortPolicy) -> [Element] {
        let known = study.unitGroups
        guard let rules = known.cohorts(policy.rules), let cohortOf = known[policy.rules] else { return [] }
        let tune = study.description.tuneCount
        var units = [Int](repeating: 0, count: rules.cohorts.count + 1)
        for cohort in cohortOf.prefix(tune) { units[Int(cohort)] += 1 }
        let shown = rules.cohorts.indices.filter { units[$0] > 0 }.sorted { (units[$1], $0) < (units[$0], $1) }
        var table = DataTable(["cohort", "share of units"] + study.space.arms)
        for cohort in shown.prefix(Self.mostCohorts) {
            table.add(
                [
                    .text(rules.texts[cohort]),
                    .figure(ReportText.percent(Double(units[cohort]) / Double(max(1, tune)))),
                ]
                    + policy.shares[cohort].map { .figure($0 == 0 ? "" : ReportText.percent($0)) })
        }
        let more = shown.count - min(shown.count, Self.mostCohorts)
        return [
            Element("h3", [:], "How it decides"),
            Element(
                "p", [:],
                "Every unit belongs to one cohort and draws its arm from that cohort's shares, the same arm whenever it is "
                    + "asked for. Units of no cohort get control."
                    + (more > 0 ? " \(more) smaller cohorts are in the policy file." : "")), table.element,
        ]
    }

    private static let mostCohorts = 40

    /// Who is targeted, and for what.
    private func ranking(_ policy: RankingPolicy) -> [Element] {
        let known = study.unitGroups
        guard let rules = known.ranking(policy.rules), let targeted = known[policy.rules] else { return [] }
        let tune = study.description.tuneCount
        let share = Double(targeted.prefix(tune).count { $0 == 1 }) / Double(max(1, tune))
        return [
            Element("h3", [:], "How it decides"),
            Element(
                "p", [:],
                "A unit gets \(study.space.arms[policy.arm]) where its score of \(rules.value) against \(rules.cost), "
                    + "learned by \(rules.ranker), is at least \(ReportText.figure(rules.threshold)), which "
                    + "\(ReportText.percent(share)) of the units reach; every other unit gets control. It was asked for as "
                    + "\(rules.budget)."),
        ]
    }

    private func utilities(_ policy: LinearPolicy) -> [Element] {
        let space = study.space
        var table = DataTable(["knob", "value"])
        for (j, outcome) in space.outcomes.enumerated() {
            table.add([
                .text("weight of \(outcome.name)"), .figure(ReportText.figure(policy.weights[j])),
            ])
        }
        for (i, arm) in space.arms.enumerated() where i > 0 {
            table.add([.text("bias of \(arm)"), .figure(ReportText.figure(policy.biases[i]))])
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
