import Frontier
import Policies
import Runtime

extension Study {
    /// The oriented tune values of a candidate; nil where not estimable.
    package func orientedValues(_ candidate: Candidate) -> [Double]? {
        guard let tune = candidate.tune else { return nil }
        var values: [Double] = []
        for (outcome, evaluation) in zip(space.outcomes, tune.outcomes) {
            guard let value = evaluation.value else { return nil }
            values.append(outcome.sign * value)
        }
        return values
    }

    /// What a choice of k policies keeps of the front.
    package struct Picks: Sendable {
        package let candidates: [Candidate]
        package let hypervolume: Double
        /// Of the hypervolume of all policies chosen among.
        package let share: Double
        package let proof: SubsetSelection.Proof
        /// The least share of the best choice's hypervolume that these are sure to keep; 1 where exact.
        package let guarantee: Double
        /// Policies chosen among: the whole front and the other candidates.
        package let poolCount: Int
        package let report: PickReport?
    }

    /// A policy that may be picked: a point of the front, a candidate, or both.
    private struct PoolMember {
        let knobs: PolicyKnobs
        let values: [Double]
        let candidate: Candidate?
    }

    /// All policies of the front last searched, and the candidates that are not on it.
    private func pool(_ front: FrontRecord?) throws -> [PoolMember] {
        let candidates = try file.candidates()
        let known = Dictionary(candidates.map { ($0.knobs, $0) }) { first, _ in first }
        let points = front?.points ?? []
        let onFront = Set(points.map(\.knobs))
        return points.map { PoolMember(knobs: $0.knobs, values: $0.values, candidate: known[$0.knobs]) }
            + candidates.compactMap { candidate in
                guard !onFront.contains(candidate.knobs), let values = orientedValues(candidate) else { return nil }
                return PoolMember(knobs: candidate.knobs, values: values, candidate: candidate)
            }
    }

    /// Picks the k policies of largest hypervolume among the whole front and the candidates, makes candidates of those that
    /// are not yet, unpicks the others, and opens the confirm split for the picked.
    /// - Throws: `EspalierError` (.usage) without policies to pick from, or for a count outside 1...100: every pick is compared
    ///   with every other, and an online test of more arms tells nobody anything. `CancellationError`.
    package func pick(count: Int, context: RunContext) throws -> Picks {
        guard (1...100).contains(count) else {
            throw EspalierError(.usage, "cannot pick \(count) candidates", remedy: "give --count 1 to 100")
        }
        let front = try file.front()
        let pool = try pool(front)
        guard !pool.isEmpty else {
            throw EspalierError(
                .usage, "the study has no candidates to pick from", file: file.path,
                remedy: "search the front first with `espalier front`")
        }
        let evaluator = try workspace.evaluator(workers: context.workers)
        let reference = try orientedReference(front?.reference, evaluator)
        let selection = SubsetSelection(pool.map(\.values), count: count, reference: reference)
        let members = selection.indices.map { pool[$0] }
        let fresh = members.filter { $0.candidate == nil }.map(\.knobs)
        let added = try file.add(
            fresh.map { ($0, LinearPolicy($0, in: space), evaluator.evaluate($0)) }, origin: .search(front?.search ?? 0)
        )
        let chosen = (members.compactMap(\.candidate) + added).sorted { $0.id < $1.id }
        let opened = try setPicks(chosen, context: context)
        return Picks(
            candidates: opened, hypervolume: selection.hypervolume, share: selection.share, proof: selection.proof,
            guarantee: selection.guarantee, poolCount: pool.count, report: try pickReport(workers: context.workers))
    }

    /// Makes these the picked candidates and no others. Those never estimated on the confirm split are, each of which counts as
    /// a look; cancelled, nothing is changed.
    /// - Throws: `CancellationError`.
    package func setPicks(_ candidates: [Candidate], context: RunContext) throws -> [Candidate] {
        var picked = candidates
        for index in picked.indices { picked[index].isPicked = true }
        var looks: [(candidate: Candidate, evaluation: PolicyEvaluation)] = []
        if description.tuneCount < description.unitCount {
            for (index, known) in try file.confirmEvaluations(of: picked.map(\.id)).enumerated() {
                picked[index].confirm = known
            }
            let unseen = picked.indices.filter { picked[$0].confirm == nil }
            let evaluator = unseen.isEmpty ? nil : try workspace.evaluator(.confirm, workers: context.workers)
            for index in unseen {
                try context.cancellation.check()
                guard let evaluation = evaluator?.evaluate(picked[index].knobs) else { continue }
                picked[index].confirm = evaluation
                looks.append((picked[index], evaluation))
            }
        }
        try file.setPicks(picked.map(\.id), looks: looks)
        return picked
    }

    /// Adds knobs as a candidate made by hand.
    package func addCandidate(_ knobs: PolicyKnobs, workers: Workers) throws -> Candidate {
        let policy = LinearPolicy(knobs, in: space)
        let tune = try workspace.evaluator(workers: workers).evaluate(policy, weights: knobs.weights)
        return try file.add([(knobs, policy, tune)], origin: .hand)[0]
    }
}
