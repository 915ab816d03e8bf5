import Policies
import Runtime

/// Makes these the picked candidates and no others. Those never estimated on the confirm split are, each of which counts as a
/// look.
package struct SetPicks: StudyOperation {
    package static let kind = "picks.set"
    package static let needsUnits = false

    /// Ids.
    package let candidates: Set<Int>

    package init(_ candidates: Set<Int>) { self.candidates = candidates }

    package struct Outcome: Sendable {
        /// By id, with their confirm estimates.
        package let candidates: [Candidate]
        /// How often the confirm split was looked at in all.
        package let looks: Int
    }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome> {
        let wanted = try study.file.candidates().filter { candidates.contains($0.id) }
        let looks = try ConfirmLooks(at: wanted, study, context)
        let ids = candidates
        return StudyChange { transaction in
            let picked = try looks.pick(in: transaction, with: [])
            return Outcome(candidates: picked, looks: try transaction.reading.looks())
        } decide: { _, decisions in
            guard decisions.picked != ids else { return nil }
            var after = decisions
            after.picked = ids
            return Decided(after, step: History.Step(name: "pick \(ids.count)", before: decisions))
        }
    }
}

/// The confirm estimates of candidates that are to be picked: those there were, and those that picking opens.
struct ConfirmLooks: Sendable {
    private let picked: [Candidate]
    private let opened: [(candidate: Candidate, evaluation: PolicyEvaluation)]

    /// - Throws: `CancellationError`.
    init(at candidates: [Candidate], _ study: Study, _ context: RunContext) throws {
        var picked = candidates
        for index in picked.indices { picked[index].isPicked = true }
        var opened: [(candidate: Candidate, evaluation: PolicyEvaluation)] = []
        if study.description.hasConfirm {
            for (index, known) in try study.file.confirmEvaluations(of: picked.map(\.id)).enumerated() {
                picked[index].confirm = known
            }
            let unseen = picked.indices.filter { picked[$0].confirm == nil }
            let evaluator = unseen.isEmpty ? nil : try study.workspace.evaluator(.confirm, workers: context.workers)
            for index in unseen {
                try context.cancellation.check()
                guard
                    let evaluation = try evaluator?.evaluate(
                        picked[index].policy, weights: picked[index].knobs.weights)
                else { continue }
                picked[index].confirm = evaluation
                opened.append((picked[index], evaluation))
            }
        }
        self.picked = picked
        self.opened = opened
    }

    /// - Parameter added: candidates made in the same transaction, with their confirm estimates.
    /// - Returns: all picks, by id.
    func pick(in transaction: StudyTransaction, with added: [Candidate]) throws -> [Candidate] {
        let all = (picked + added).sorted { $0.id < $1.id }
        let looks = opened + added.compactMap { candidate in candidate.confirm.map { (candidate, $0) } }
        try transaction.setPicks(all.map(\.id), looks: looks.sorted { $0.candidate.id < $1.candidate.id })
        return all
    }
}
