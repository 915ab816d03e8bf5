import Frontier
import Policies
import Runtime

/// Picks the k policies of largest hypervolume among the whole front and the candidates, makes candidates of those that are not
/// yet, unpicks the others, and opens the confirm split for the picked.
package struct PickByHypervolume: StudyOperation {
    package static let kind = "picks.hypervolume"

    package let count: Int

    package init(count: Int) { self.count = count }

    package func fits(_ space: PolicySpace) -> Bool { (1...100).contains(count) }

    package struct Outcome: Sendable {
        package let candidates: [Candidate]
        package let hypervolume: Double
        /// Of the hypervolume of all policies chosen among.
        package let share: Double
        package let proof: SubsetSelection.Proof
        /// The least share of the best choice's hypervolume that these are sure to keep; 1 where exact.
        package let guarantee: Double
        /// Policies chosen among: the whole front and the other candidates.
        package let poolCount: Int
        /// Those that were not shown before: new ones, and hidden ones of the same knobs shown again.
        package let added: [Candidate]
        /// How often the confirm split was looked at in all.
        package let looks: Int
    }

    /// A policy that may be picked: a point of the front, a candidate, or both.
    private struct PoolMember {
        let knobs: PolicyKnobs
        let values: [Double]
        let candidate: Candidate?
        var isHidden = false
    }

    /// - Throws: `EspalierError` (.usage) without policies to pick from, or for a count outside 1...100: every pick is compared
    ///   with every other, and an online test of more arms tells nobody anything. `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome> {
        guard (1...100).contains(count) else {
            throw EspalierError(.usage, "cannot pick \(count) candidates", remedy: "give --count 1 to 100")
        }
        let front = try study.file.front()
        let pool = try pool(front, study)
        guard !pool.isEmpty else {
            throw EspalierError(
                .usage, "the study has no candidates to pick from", file: study.file.path,
                remedy: "search the front first with `espalier front`")
        }
        let evaluator = try study.workspace.evaluator(workers: context.workers)
        let reference = study.orientedReference(front?.reference, evaluator)
        let selection = SubsetSelection(pool.map(\.values), count: count, reference: reference)
        let members = selection.indices.map { pool[$0] }
        let fresh = members.filter { $0.candidate == nil }.map(\.knobs)
        let news = try fresh.map { try StudyTransaction.NewCandidate($0, of: study, workers: context.workers) }
        let renewed = try members.filter(\.isHidden).compactMap(\.candidate).map {
            (id: $0.id, new: try StudyTransaction.NewCandidate($0, of: study, workers: context.workers))
        }
        let estimates = Dictionary(uniqueKeysWithValues: renewed.map { ($0.id, $0.new) })
        let known = members.compactMap(\.candidate).map { old in estimates[old.id].map { old.renewed(by: $0) } ?? old }
        let looks = try ConfirmLooks(at: known, study, context)
        let confirm =
            study.description.hasConfirm && !fresh.isEmpty
            ? try study.workspace.evaluator(.confirm, workers: context.workers) : nil
        let confirmed = try fresh.map { knobs in
            try context.cancellation.check()
            return confirm?.evaluate(knobs)
        }
        let origin = Candidate.Origin.search(front?.search ?? 0)
        return StudyChange { transaction in
            var added = try transaction.add(news, origin: origin)
            for index in added.indices {
                added[index].isPicked = true
                added[index].confirm = confirmed[index]
            }
            for item in renewed { try transaction.show(item.id, as: item.new) }
            let picked = try looks.pick(in: transaction, with: added)
            let shownAgain = picked.filter { estimates[$0.id] != nil }
            return Outcome(
                candidates: picked, hypervolume: selection.hypervolume, share: selection.share, proof: selection.proof,
                guarantee: selection.guarantee, poolCount: pool.count,
                added: (added + shownAgain).sorted { $0.id < $1.id },
                looks: try transaction.reading.looks())
        } decide: { outcome, decisions in
            // Undo takes away again what was no candidate before.
            var before = decisions
            before.hidden.formUnion(outcome.added.map(\.id))
            var after = decisions.showing(Set(outcome.added.map(\.id)))
            after.picked = Set(outcome.candidates.map(\.id))
            let names = outcome.added.map(\.name).joined(separator: " ")
            let name = "pick \(outcome.candidates.count)\(names.isEmpty ? "" : ", which added \(names)")"
            return Decided(after, step: History.Step(name: name, before: before))
        }
    }

    /// All policies of the front last searched, and the candidates that are not on it.
    private func pool(_ front: FrontRecord?, _ study: Study) throws -> [PoolMember] {
        let hidden = try study.file.hiddenCandidates()
        let all = try study.file.candidates(includingHidden: true)
        let candidates = all.filter { !hidden.contains($0.id) }
        let known = Dictionary((candidates + all).map { ($0.identity, $0) }) { first, _ in first }
        let points = front?.points ?? []
        let onFront = Set(points.map { Candidate.Identity.knobs($0.knobs) })
        return points.map { point in
            let candidate = known[.knobs(point.knobs)]
            return PoolMember(
                knobs: point.knobs, values: point.values, candidate: candidate,
                isHidden: candidate.map { hidden.contains($0.id) } ?? false)
        }
            + candidates.compactMap { candidate in
                guard !onFront.contains(candidate.identity), let values = candidate.orientedValues(in: study.space)
                else {
                    return nil
                }
                return PoolMember(knobs: candidate.knobs, values: values, candidate: candidate)
            }
    }
}
