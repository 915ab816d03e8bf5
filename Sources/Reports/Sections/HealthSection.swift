import Experiments
import Frames
import Studies
import Texts

/// Whether the experiment can be trusted: arms and every check.
struct HealthSection {
    let study: Study

    var elements: [Element] {
        var arms = DataTable(["arm", "units", "planned", "observed"])
        let description = study.description
        for (arm, name) in study.space.arms.enumerated() {
            let count = description.armCounts[arm]
            arms.add([
                .text(name), .figure(NumberText.grouped(count)),
                .figure(NumberText.percent(description.plannedShares[arm], 1)),
                .figure(NumberText.percent(Double(count) / Double(max(1, description.unitCount)), 1)),
            ])
        }
        var checks = DataTable(["", "check"])
        for finding in study.health.findings.sorted(by: { $0.severity > $1.severity }) {
            let remedy = finding.remedy.map { "; " + $0 } ?? ""
            checks.add([mark(finding.severity), .text(finding.sentence + remedy)])
        }
        return [arms.element, checks.element]
    }

    private func mark(_ severity: HealthFinding.Severity) -> DataTable.Cell {
        switch severity {
        case .ok: .mark("✓ well", kind: "good")
        case .note: .mark("· note", kind: "doubt")
        case .warning: .mark("! warning", kind: "doubt")
        case .blocking: .mark("✗ blocking", kind: "bad")
        }
    }
}
