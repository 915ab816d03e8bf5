import Allocation
import Effects
import Groups
import Simulation
import Studies
import Texts

/// What the laboratory's answer, where the study keeps one, says of the methods of the Allocate screen.
struct LaboratoryAdvice {
    private let summary: LaboratorySummary
    let best: LaboratoryMethod
    private let relative: Double
    /// Of the study.
    private let covariates: [CovariateDescription]

    /// nil without an answer, and where there is nothing to gain.
    init?(_ state: WorkbenchState) {
        guard let summary = state.results[.laboratory], let row = summary.best, let relative = row.relative,
            let best = LaboratoryMethod(row.method), let description = state.facts.description
        else { return nil }
        self.summary = summary
        self.best = best
        self.relative = relative
        covariates = description.covariates
    }

    /// What is said of a method of the screen.
    enum Standing {
        case best, notToldApart
    }

    /// nil for a method that the laboratory does not advise with these cohorts and effects.
    func standing(_ method: AllocationMethod, _ request: AllocationRequest) -> Standing? {
        let names = LaboratoryMethod.allCases.filter { isMeant($0, by: method, request) }.map(\.name)
        if names.contains(best.name) { return .best }
        return summary.indistinguishable.contains(where: names.contains) ? .notToldApart : nil
    }

    /// The answer in a few words, as many as there is room for.
    func caption(width: Int) -> String {
        let start = "lab: \(best.name) \(NumberText.significant(relative, 2))"
        let count = "(\(summary.replicates) replicates)"
        let wordings = ["\(start) of the oracle \(count)", "\(start) of the oracle", start]
        return wordings.first { TextWidth.width(of: $0) <= width } ?? ""
    }

    /// Short enough for the lines of messages.
    private var figures: String {
        let others = summary.indistinguishable
        let value = summary.best.map {
            "value \(Wording.number($0.value)) (SE \(NumberText.significant($0.standardError, 2))), violation "
                + Wording.number($0.violation)
        }
        return
            "\(best.name) \(NumberText.significant(relative, 2)) of the oracle, \(value ?? ""), \(summary.replicates) "
            + "replicates; "
            + (others.isEmpty ? "the others are told apart" : "not told apart: \(others.joined(separator: ", "))")
    }

    /// The answer with the figures behind it; without one, how to get it.
    static func sentence(_ state: WorkbenchState) -> String {
        if let advice = LaboratoryAdvice(state) { return "lab: \(advice.figures)" }
        return state.results[.laboratory].map { "lab: \($0.sentence)" }
            ?? "which method serves experiments like this one was not asked yet: the laboratory, in the palette, finds out"
    }

    /// Makes an allocation one by the best method; its limits stay.
    func use(in request: inout AllocationRequest) {
        request.effects = best.estimator == .shrunk ? .shrunk : .inherited
        request.method = best.solver
        switch best.estimator {
        case nil: break
        case .forest?, .twoForests?: request.method = .member
        case .heuristic?: request.cohorts = .medians(of: covariates) ?? request.cohorts
        case .trees?, .shrunk?: request.cohorts = .merged
        case .joint?: request.cohorts = .joint
        }
    }

    /// Whether an allocation by a method, with its cohorts and effects, is what one of the laboratory does.
    private func isMeant(
        _ own: LaboratoryMethod, by method: AllocationMethod, _ request: AllocationRequest
    ) -> Bool {
        switch own.estimator {
        case nil: return method == own.solver
        case .forest?, .twoForests?: return method == .member
        case .heuristic?: return method == own.solver && request.cohorts == .medians(of: covariates)
        case .trees?: return method == own.solver && request.cohorts == .merged && request.effects == .inherited
        case .shrunk?: return method == own.solver && request.cohorts == .merged && request.effects == .shrunk
        case .joint?: return method == own.solver && request.cohorts == .joint && request.effects == .inherited
        }
    }
}
