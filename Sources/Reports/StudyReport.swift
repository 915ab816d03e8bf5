import Experiments
import Frontier
import Policies
import Runtime
import Studies
import Texts

/// One self-contained page of a study for those who are not on the host: no scripts, no outside files, light and dark.
package struct StudyReport: Sendable {
    private let study: Study
    private let candidates: [Candidate]
    private let chosen: Candidate?
    private let arms: [PolicyEvaluation]
    /// Policies on the front that are no candidates.
    private let front: [FrontPoint]
    private let looks: Int
    private let tool: String

    /// - Parameters:
    ///   - candidate: the chosen policy; nil takes the only pick, and none where there are several.
    ///   - tool: name and version for the provenance.
    /// - Throws: `EspalierError` where the study cannot be read.
    /// - Complexity: one pass over the tune units per arm.
    package init(_ study: Study, candidate: Candidate?, tool: String, workers: Workers) throws {
        self.study = study
        self.tool = tool
        candidates = try study.file.candidates()
        let known = Set(candidates.map(\.knobs))
        front = try (study.file.front()?.points ?? []).filter { !known.contains($0.knobs) }
        looks = try study.file.looks()
        let picked = candidates.filter(\.isPicked)
        chosen = candidate ?? (picked.count == 1 ? picked[0] : nil)
        let evaluator = try study.workspace.evaluator(workers: workers)
        let start = PolicyKnobs.start(in: study.space).weights
        arms = (0..<study.space.armCount).map { arm in
            evaluator.evaluate(.everyone(arm: arm, in: study.space), weights: start)
        }
    }

    /// The page as HTML text, the same for the same study.
    package func html() throws -> String {
        let description = study.description
        let methods = MethodsSection(study: study, tool: tool)
        let subtitle =
            "\(NumberText.grouped(description.unitCount)) units, \(study.space.armCount) arms, "
            + "\(study.space.outcomeCount) outcomes; tune \(NumberText.grouped(description.tuneCount)), seed "
            + "\(description.spec.splits.seed)"
        let title = description.spec.name
        let body =
            [
                Element("h1", [:], title), Element("p", ["class": "quiet"], subtitle),
                Element("div", ["class": "lead"], [Element("ul", [:], findings.map { Element("li", [:], $0) })]),
            ]
            + section("Can the experiment be trusted?", HealthSection(study: study).elements)
            + section("What did every arm do on average?", EffectsSection(study: study).elements)
            + section("For whom does it work?", TreesSection(study: study).elements)
            + section("Cohorts", CohortsSection(study: study).elements)
            + section(
                "Which trade-offs are there?",
                FrontSection(study: study, candidates: candidates, arms: arms, front: front).elements)
            + section("The chosen policy", policy)
            + section("How this was estimated", methods.methods)
            + section(
                "Where it comes from", [methods.provenance(specDigest: try description.specDigest(), looks: looks)])
        let head = [
            Element("meta", ["charset": "utf-8"]),
            Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            Element("title", [:], "\(title): report"), .style(PageStyle.sheet),
        ]
        var page = "<!doctype html>\n"
        Element("html", ["lang": "en"], [Element("head", [:], head), Element("body", [:], body)]).write(to: &page)
        return page + "\n"
    }

    private func section(_ title: String, _ elements: [Element]) -> [Element] {
        [Element("h2", [:], title)] + elements
    }

    private var policy: [Element] {
        guard let chosen else {
            let several = candidates.filter(\.isPicked).count
            return [
                Element(
                    "p", ["class": "quiet"],
                    several > 1
                        ? "\(several) candidates are picked; none has been named as the one to run."
                        : "No policy has been chosen yet.")
            ]
        }
        let note = chosen.note.isEmpty ? "" : ": \(chosen.note)"
        return [Element("p", [:], "Candidate \(chosen.name)\(note)")]
            + PolicySection(study: study, candidate: chosen).elements
    }

    /// What a reader who stops here should know.
    private var findings: [String] {
        [health, bestArm, policyFinding].compactMap { $0 }
            + (study.description.caveats ?? []).map { "Caveat: \($0)." }
    }

    private var health: String {
        let blocking = study.health.findings.filter { $0.severity == .blocking }
        let warnings = study.health.findings.filter { $0.severity == .warning }
        if let first = blocking.first { return "The experiment fails a check: \(first.sentence)." }
        guard let first = warnings.first else {
            return "None of the \(study.health.findings.count) health checks found anything wrong."
        }
        return warnings.count == 1
            ? "One health check warns: \(first.sentence)."
            : "\(warnings.count) health checks warn, first: \(first.sentence)."
    }

    private var bestArm: String? {
        let objective = study.space.outcomes[0]
        let best = study.space.bestArm(weights: PolicyKnobs.start(in: study.space).weights)
        guard best > 0 else { return "No single arm improves \(objective.name) inside the limits by its estimates." }
        return "The best single arm inside the limits by its estimates is \(study.space.arms[best]): "
            + "\(objective.name) \(ReportText.change(arms[best].outcomes[0]))."
    }

    private var policyFinding: String? {
        guard let chosen, let evaluation = chosen.confirm ?? chosen.tune else { return nil }
        let changes = evaluation.outcomes.map { "\($0.name) \(ReportText.change($0))" }.joined(separator: ", ")
        let limits =
            switch evaluation.limits {
            case nil: ""
            case .inside: "; every limit is kept"
            case .uncertain: "; its limits hold by the estimate only"
            case .outside: "; it breaks a limit"
            }
        let split = evaluation.split == .confirm ? "on units that did not choose it" : "on the units it was tuned on"
        return "The chosen policy, against control \(split): \(changes)\(limits)."
    }
}
