import Effects
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
    /// The tests of heterogeneity; nil where none was made.
    private let models: ModelReport?
    private let explanation: PolicyExplanation?
    private let gains: [GroupGain]?

    /// - Parameters:
    ///   - candidate: the chosen policy; nil takes the only pick, and none where there are several.
    ///   - tool: name and version for the provenance.
    /// - Throws: `EspalierError` where the study cannot be read.
    /// - Complexity: one pass over the tune units per arm; the rules of a chosen policy read the data again.
    package init(_ study: Study, candidate: Candidate?, tool: String, workers: Workers) throws {
        try study.requireUnits(for: "a report")
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
        models = try study.file.modelReport()
        let context = RunContext(workers: workers)
        // Data that have gone or changed take the rules away, not the page.
        explanation = chosen.flatMap { try? study.answer(Explain($0), context) }
        gains = try chosen.flatMap { chosen in
            chosen.policy.linear == nil ? nil : try study.answer(GainByGroup(of: chosen.knobs), context).cohorts
        }
    }

    /// A part of the page with its place in the contents.
    private struct Part {
        let id: String
        let title: String
        let elements: [Element]
    }

    /// The page as HTML text, the same for the same study.
    package func html() throws -> String {
        let description = study.description
        let subtitle =
            "\(NumberText.grouped(description.unitCount)) units, \(study.space.armCount) arms, "
            + "\(study.space.outcomeCount) outcomes; tune \(NumberText.grouped(description.tuneCount)), seed "
            + "\(description.spec.splits.seed)"
        let title = description.spec.name
        let parts = try parts
        let contents = Element(
            "nav", ["aria-label": "Contents"],
            [
                Element(
                    "ol", [:],
                    parts.map { Element("li", [:], [Element("a", ["href": "#\($0.id)"], $0.title)]) })
            ])
        let sections = parts.map { part in
            Element(
                "section", ["aria-labelledby": part.id],
                [Element("h2", ["id": part.id], part.title)] + part.elements)
        }
        let lead = Element(
            "div", ["class": "lead"],
            [
                Element("p", ["class": "decision"], decision.sentence),
                Element("ul", [:], findings.map { Element("li", [:], $0) }),
            ])
        let header = Element(
            "header", [:], [Element("h1", [:], title), Element("p", ["class": "quiet"], subtitle)])
        let body = [Element("main", [:], [header, lead, contents] + sections)]
        let head = [
            Element("meta", ["charset": "utf-8"]),
            Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            Element("title", [:], "\(title): report"), .style(PageStyle.sheet),
        ]
        var page = "<!doctype html>\n"
        Element("html", ["lang": "en"], [Element("head", [:], head), Element("body", [:], body)]).write(to: &page)
        return page + "\n"
    }

    private var parts: [Part] {
        get throws {
            let methods = MethodsSection(study: study, tool: tool, models: models)
            let front = FrontSection(study: study, candidates: candidates, arms: arms, front: front)
            let provenance = methods.provenance(specDigest: try study.description.specDigest(), looks: looks)
            return [
                Part(
                    id: "health", title: "Can the experiment be trusted?",
                    elements: HealthSection(study: study).elements),
                Part(
                    id: "arms", title: "What did every arm do on average?",
                    elements: EffectsSection(study: study, arms: arms).elements),
                Part(
                    id: "trees", title: "For whom does it work?",
                    elements: TreesSection(study: study, models: models).elements),
                Part(
                    id: "cohorts", title: "Cohorts",
                    elements: CohortsSection(study: study, models: models, gains: gains).elements),
                Part(id: "tradeoffs", title: "Which trade-offs are there?", elements: front.elements),
                Part(id: "policy", title: "The chosen policy", elements: policy),
                Part(id: "methods", title: "How this was estimated", elements: methods.methods),
                Part(id: "provenance", title: "Where it comes from", elements: [provenance]),
            ]
        }
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
            + PolicySection(study: study, candidate: chosen, explanation: explanation).elements
    }

    private var bestArm: Int { study.space.bestArm(weights: PolicyKnobs.start(in: study.space).weights) }

    private var decision: Decision {
        Decision(study.space, candidates: candidates, chosen: chosen, bestArm: study.space.arms[bestArm])
    }

    /// What stands behind the decision.
    private var findings: [String] {
        [bestArmFinding, heterogeneity, policyFinding, health].compactMap { $0 }
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

    private var heterogeneity: String? {
        guard let models else { return nil }
        let detected = models.verdicts.filter(\.isDetected).map { "\($0.arm) on \($0.outcome)" }
        guard !detected.isEmpty else { return "The effect of no arm is detected to differ between units." }
        guard detected.count < models.verdicts.count else {
            return "The effects of all arms on all outcomes differ between units."
        }
        return
            "Effects differ between units for \(detected.joined(separator: ", ")); elsewhere no difference is detected."
    }

    private var bestArmFinding: String? {
        let objective = study.space.outcomes[0]
        guard bestArm > 0 else {
            return "No single arm improves \(objective.name) inside the limits by its estimates."
        }
        return "The best single arm inside the limits by its estimates is \(study.space.arms[bestArm]): "
            + "\(objective.name) \(ReportText.change(arms[bestArm].outcomes[0])) against control."
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
        return "The chosen policy, \(chosen.name), against control \(split): \(changes)\(limits)."
    }
}
