import Policies
import Studies
import Texts

/// The report on the picks in rows and sentences.
enum PickText {
    /// One row per pick and outcome, changes from control: what tune said, what confirm says with its own interval and the
    /// joint one, how much of tune was optimism, and the units an online test needs.
    static func table(_ report: PickReport, _ format: FormatOption.Format) -> TextTable {
        let confirmed = report.confirmCritical != nil
        func heads(_ split: String, _ isWhole: Bool) -> [String] {
            [split, "SE"] + (isWhole ? ["low", "high", "joint low", "joint high"] : [])
        }
        func cells(_ estimate: PickReport.SplitEstimate?, _ isWhole: Bool) -> [Double?] {
            let own = estimate?.difference
            return [own?.value, own?.standardError]
                + (isWhole ? [own?.low, own?.high, own?.simultaneousLow, own?.simultaneousHigh] : [])
        }
        // On a screen tune's intervals give way to confirm's, which are the honest ones.
        let isTuneWhole = !confirmed || format == .csv
        var table = TextTable(
            ["pick", "outcome"] + heads("tune", isTuneWhole)
                + (confirmed ? heads("confirm", true) + ["optimism", "SE", "units per arm"] : []),
            textColumns: [0, 1])
        for pick in report.picks {
            for outcome in pick.outcomes {
                var numbers = cells(outcome.tune, isTuneWhole)
                if confirmed {
                    numbers +=
                        cells(outcome.confirm, true) + [outcome.optimism?.value, outcome.optimism?.standardError]
                }
                let units = outcome.unitsPerArm.map { format == .csv ? "\($0)" : NumberText.fixed($0, 0) }
                table.rows.append(
                    [pick.name, outcome.name]
                        + numbers.map { format == .csv ? cell($0, .csv) : $0.map(short) ?? "-" }
                        + (confirmed ? [units ?? (format == .csv ? cell(nil, .csv) : "no sensible number")] : []))
            }
        }
        return table
    }

    /// Who was picked: limits on both splits, and how many units are treated differently from control.
    static func picks(_ candidates: [Candidate], _ report: PickReport) -> TextTable {
        var table = TextTable(
            ["id", "name", "treated", "limits on tune", "on confirm"], textColumns: [1, 3, 4])
        for candidate in candidates {
            let treated = report.picks.first { $0.id == candidate.id }?.treatedShare ?? 0
            table.rows.append([
                "\(candidate.id)", candidate.name, NumberText.percent(treated, 1),
                candidate.tune?.limits?.rawValue ?? "none", candidate.confirm?.limits?.rawValue ?? "-",
            ])
        }
        return table
    }

    /// Sentences below the table.
    static func notes(_ report: PickReport) -> String {
        var lines: [String] = []
        if let critical = report.confirmCritical {
            lines.append(
                "joint intervals hold for all picks and outcomes at once (max-t): "
                    + "\(NumberText.fixed(report.tuneCritical, 2)) SE on tune, \(NumberText.fixed(critical, 2)) on confirm"
            )
        } else {
            lines.append("the spec keeps no confirm split: tune estimates of picked policies promise too much")
        }
        if let confirm = report.confirmHypervolume, let optimism = report.optimismOfFront {
            lines.append(
                "the picks' hypervolume is \(short(report.tuneHypervolume)) on tune and \(short(confirm)) on confirm: "
                    + (optimism > 0
                        ? "\(NumberText.percent(optimism, 1)) of it was optimism" : "confirm took nothing of it away"))
        }
        for pair in report.alike {
            lines.append(
                "\(pair.first) and \(pair.second) cannot be told apart on \(report.alikeSplit.rawValue) in any outcome "
                    + "(same arm for \(NumberText.percent(pair.sameArmShare, 1)) of the units)")
        }
        lines.append("the confirm split was looked at \(report.looks) times")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the choice keeps, and how sure that is.
    static func choice(_ picks: PickByHypervolume.Outcome) -> String {
        let kept =
            "\(picks.candidates.count) picks keep \(NumberText.percent(picks.share, 1)) of the hypervolume of "
            + "\(picks.poolCount) policies"
        switch picks.proof {
        case .exact: return kept + " (exact: no other choice keeps more)\n"
        case .greedy:
            return kept
                + " (greedy: at least \(NumberText.percent(picks.guarantee, 1)) of what any choice of as many can keep)\n"
        }
    }

    private static func short(_ value: Double) -> String { NumberText.string(value, .significant(4)) }
}
