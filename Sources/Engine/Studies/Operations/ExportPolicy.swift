import Policies
import Runtime

/// Writes the policy file of a candidate.
package struct ExportPolicy: StudyOperation {
    package static let kind = "export.policy"
    package static let isReplayed = false
    package static let needsUnits = false

    /// Its id.
    package let candidate: Int
    /// Share of units that keep a random arm.
    package let holdout: Double
    /// nil where the policy alone decides.
    package let exploration: ExplorationRule?
    /// Where the file was written, as it was named; `-` is standard output.
    package let path: String
    /// Name and version, for the file's provenance; not kept, and neither is how the file is put in its place, for a replay
    /// writes nothing.
    private let tool: String
    private let write: @Sendable (PolicyDocument) throws -> Void

    package init(
        candidate: Int, holdout: Double = 0, exploration: ExplorationRule? = nil, path: String, tool: String,
        write: @escaping @Sendable (PolicyDocument) throws -> Void
    ) {
        self.candidate = candidate
        self.holdout = holdout
        self.exploration = exploration
        self.path = path
        self.tool = tool
        self.write = write
    }

    private enum CodingKeys: String, CodingKey {
        case candidate, holdout, exploration, path
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        candidate = try container.decode(Int.self, forKey: .candidate)
        holdout = try container.decode(Double.self, forKey: .holdout)
        exploration = try container.decodeIfPresent(ExplorationRule.self, forKey: .exploration)
        path = try container.decode(String.self, forKey: .path)
        tool = ""
        write = { _ in }
    }

    package static func == (a: ExportPolicy, b: ExportPolicy) -> Bool {
        (a.candidate, a.holdout, a.exploration, a.path) == (b.candidate, b.holdout, b.exploration, b.path)
    }

    /// - Throws: `EspalierError` (.usage) for a holdout outside [0, 1) or where there is no such candidate; whatever `write`
    ///   throws.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        let candidate = try study.file.candidate(candidate)
        try write(
            study.document(of: candidate, holdout: holdout, exploration: exploration, tool: tool, context: context))
        return StudyChange { _ in candidate }
    }
}

extension Study {
    /// The policy file of a candidate.
    /// - Throws: `EspalierError` (.usage) for a holdout outside [0, 1).
    package func document(
        of candidate: Candidate, holdout: Double, exploration: ExplorationRule? = nil, tool: String,
        context: RunContext = RunContext()
    ) throws -> PolicyDocument {
        try document(
            named: candidate.name, candidate.policy, knobs: candidate.knobs, tune: candidate.tune,
            confirm: candidate.confirm, candidate: candidate.id, holdout: holdout, exploration: exploration,
            tool: tool, context: context)
    }

    /// The policy file of a policy, kept or not.
    /// - Parameters:
    ///   - name: what it is called beside the study's name.
    ///   - tune: nil where it is still to be evaluated.
    /// - Throws: `EspalierError` (.usage) for a holdout outside [0, 1).
    package func document(
        named name: String, _ policy: Policy, knobs: PolicyKnobs, tune: PolicyEvaluation? = nil,
        confirm: PolicyEvaluation? = nil, candidate: Int? = nil, holdout: Double, exploration: ExplorationRule? = nil,
        tool: String, context: RunContext = RunContext()
    ) throws -> PolicyDocument {
        guard (0..<1).contains(holdout) else {
            throw EspalierError(
                .usage, "a holdout of \(holdout) is not a share", remedy: "give --holdout 0 up to below 1")
        }
        let tune = try tune ?? workspace.evaluator().evaluate(policy, weights: knobs.weights)
        let explored = try exploration.map {
            try entry($0, weights: LinearPolicy(knobs, in: space).weights, context: context)
        }
        let origin = PolicyDocument.Origin(
            name: "\(description.spec.name) \(name)", spec: description.spec, space: space,
            armCosts: description.armCosts, covariates: description.covariates.map { ($0.name, $0.encoding) },
            shares: description.plannedShares, holdout: holdout, exploration: explored,
            estimates: PolicyDocument.EstimatesEntry(tune: tune, confirm: confirm),
            provenance: PolicyDocument.Provenance(
                tool: tool, specDigest: try description.specDigest(), dataDigest: description.dataDigest.sha256,
                seed: description.spec.splits.seed, candidate: candidate,
                caveats: description.caveats.flatMap { $0.isEmpty ? nil : $0 }))
        let document =
            switch try overCohorts(policy, context) ?? policy {
            case .linear: PolicyDocument(origin, knobs: knobs, models: try file.models())
            case .cohort(let policy): PolicyDocument(origin, policy: policy, rules: try cohortRules(policy))
            case .ranking(let policy): PolicyDocument(origin, policy: policy, rules: try rankingRules(policy))
            }
        return try document.withSelfTest(context: context)
    }

    /// A linear policy as one of the merged cohorts, whose leaves' effects are all that utilities are made of where units stay in a
    /// warehouse; nil for policies that are so already, and where units are here.
    private func overCohorts(_ policy: Policy, _ context: RunContext) throws -> Policy? {
        guard units.cells != nil, case .linear = policy, let own = ownCohorts(of: .merged) else { return nil }
        let arms = try policy.choice(
            in: workspace.table, space, units: 0..<own.cohortOf.count, workers: context.workers)
        var shares = [[Double]](repeating: space.arms.indices.map { $0 == 0 ? 1 : 0 }, count: own.count)
        for (arm, cohort) in zip(arms, own.cohortOf) {
            shares[Int(cohort)] = space.arms.indices.map { $0 == Int(arm) ? 1 : 0 }
        }
        return .cohort(CohortPolicy(rules: own.rules.id, shares: shares))
    }
}
