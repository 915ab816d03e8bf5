import Frontier
import Policies
import Runtime

/// Picks the k policies of largest hypervolume among the whole front and the candidates, makes candidates of those that are not
/// yet, unpicks the others, and opens the confirm split for the picked.
package struct PickByHypervolume: StudyOperation {
    package static let kind = "picks.hypervolume"
    package static let needsUnits = false

    /// How many are picked in all.
    package let count: Int
    /// Whether those are preferred whose estimates keep every limit: others come in only where these are too few.
    package let inside: Bool?
    /// Ids of candidates that stay picked, and count.
    package let keeping: [Int]?

    package init(count: Int, inside: Bool = false, keeping: Set<Int> = []) {
        self.count = count
        // Absent in the log where it is as always, so that older versions read it.
        self.inside = inside ? true : nil
        self.keeping = keeping.isEmpty ? nil : keeping.sorted()
    }

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

    /// - Throws: `EspalierError` (.usage) without policies to pick from, or for a count outside 1...100: every pick is compared
    ///   with every other, and an online test of more arms tells nobody anything. `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome> {
        let choice = try PickChoice(self, study, context)
        let (selection, members) = (choice.selection, choice.members)
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
        let origin = Candidate.Origin.search(choice.search)
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
                guarantee: selection.guarantee, poolCount: choice.poolCount,
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
}
