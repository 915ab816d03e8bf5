import Effects
import Experiments
import Policies
import Runtime

/// What whoever signs a policy off must know before it is exported: what it gives, what it keeps, whom it moves, and what is not
/// known.
package struct DecisionCard: Sendable, Equatable, Codable {
    package struct Outcome: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction
        /// On the units that the policy was tuned on.
        package let tune: OutcomeEvaluation?
        /// On units that did not choose it; nil before it is picked.
        package let confirm: OutcomeEvaluation?
        /// The limit in words; nil without one.
        package let threshold: String?
    }

    package let study: String
    /// Its name; empty for a policy that is not kept.
    package let candidate: String
    package let note: String
    /// Whether it is shown to beat giving everybody the best single arm, in one sentence.
    package let decision: String
    package let isShown: Bool
    package let outcomes: [Outcome]
    /// The worst verdict over all limits, of confirm where it was judged there; nil without limits.
    package let limits: LimitVerdict?
    /// The probability that every limit is kept, on tune; nil without limits or where not estimable.
    package let probabilityWithinLimits: Double?
    /// Units of the split that the verdict rests on, and which split that is.
    package let units: Int
    package let split: EvaluationSplit
    /// How often confirm was looked at.
    package let looks: Int
    /// Arm by arm, the share of the units that get it.
    package let shares: [String: Double]
    package let bestArm: String
    /// The share of the units that get another arm than control, and than the best single arm.
    package let changedFromControl: Double
    package let changedFromBestArm: Double
    /// What it rests on and what nobody knows, a sentence each.
    package let caveats: [String]
}

/// Makes the card of a candidate.
package struct DescribeDecision: StudyQuery {
    package static let needsUnits = false

    package let candidate: Candidate

    package init(of candidate: Candidate) { self.candidate = candidate }

    /// - Throws: `EspalierError` where the candidate was never evaluated or the study cannot be read.
    package func run(_ study: Study, _ context: RunContext) throws -> DecisionCard {
        let space = study.space
        guard let judged = candidate.confirm ?? candidate.tune else {
            throw EspalierError(
                .usage, "candidate \(candidate.name) has no estimates", file: study.file.path,
                remedy: "fit the study again")
        }
        let start = PolicyKnobs.start(in: space).weights
        let decision = Decision(
            space, candidates: try study.file.candidates(), chosen: candidate,
            bestArm: space.arms[space.bestArm(weights: start)])
        let probability = try study.answer(EstimateFeasibility(of: [candidate]), context)
        let control = space.arms[0]
        return DecisionCard(
            study: study.description.spec.name, candidate: candidate.name, note: candidate.note,
            decision: decision.sentence, isShown: decision.isShown,
            outcomes: space.outcomes.indices.map { j in
                DecisionCard.Outcome(
                    name: space.outcomes[j].name, direction: space.outcomes[j].direction,
                    tune: candidate.tune?.outcomes[j], confirm: candidate.confirm?.outcomes[j],
                    threshold: space.outcomes[j].threshold == nil ? nil : DecisionText.threshold(space.outcomes[j]))
            },
            limits: judged.limits, probabilityWithinLimits: probability.first ?? nil, units: judged.units,
            split: judged.split, looks: try study.file.looks(), shares: judged.shares, bestArm: judged.bestArm,
            changedFromControl: 1 - (judged.shares[control] ?? 0),
            changedFromBestArm: 1 - (judged.shares[judged.bestArm] ?? 0),
            caveats: try caveats(study, judged))
    }

    private func caveats(_ study: Study, _ judged: PolicyEvaluation) throws -> [String] {
        var caveats: [String] = []
        if candidate.confirm == nil {
            caveats.append("it was judged only on the units it was tuned on: picking it opens the confirm split")
        }
        if try study.file.looks() > 1 {
            caveats.append(
                "confirm was looked at \(try study.file.looks()) times: what was chosen by looking at it looks better there"
            )
        }
        caveats += try heterogeneity(study)
        if !judged.restsOnEnough {
            caveats.append(
                "its estimate rests on an effective sample of \(Int(judged.effectiveSampleSize.rounded())) units")
        }
        for outcome in judged.outcomes {
            let few = (outcome.fewEvents ?? [:]).sorted { $0.key < $1.key }
            guard !few.isEmpty else { continue }
            let arms = few.map { "\($0.value) in \($0.key)" }.joined(separator: ", ")
            caveats.append("\(outcome.name) has few events: \(arms)")
        }
        if study.file.dataIsUnchanged(study.description) == false {
            caveats.append("the data have changed since the fit")
        }
        caveats += study.health.findings.filter { $0.severity >= .warning }.map(\.sentence)
        return caveats + (study.description.caveats ?? [])
    }

    /// Whether effects are known to differ between units at all, without which the best arm for everyone does as well.
    private func heterogeneity(_ study: Study) throws -> [String] {
        guard let report = try study.file.modelReport() else {
            return ["nobody has tested whether effects differ between units at all: `espalier models` does"]
        }
        guard report.verdicts.allSatisfy({ !$0.isDetected }) else { return [] }
        return ["the effect of no arm is detected to differ between units: one arm for everyone may do as well"]
    }
}

extension Study {
    /// A candidate that is not kept: the policy of some knobs with its estimates on tune.
    package func candidate(of knobs: PolicyKnobs) throws -> Candidate {
        let policy = Policy.linear(LinearPolicy(knobs, in: space))
        return Candidate(
            id: 0, origin: .hand, knobs: knobs, policy: policy,
            tune: try workspace.evaluator().evaluate(policy, weights: knobs.weights))
    }
}
