import Frontier
import Policies
import Statistics

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
    /// - Throws: `EspalierError` (.usage) without policies to pick from, or for a count below 1.
    package func pick(count: Int, workers: Workers) throws -> Picks {
        guard count > 0 else {
            throw EspalierError(.usage, "cannot pick \(count) candidates", remedy: "give --count 1 or more")
        }
        let front = try file.front()
        let pool = try pool(front)
        guard !pool.isEmpty else {
            throw EspalierError(
                .usage, "the study has no candidates to pick from", file: file.path,
                remedy: "search the front first with `espalier front`")
        }
        let evaluator = try workspace.evaluator(workers: workers)
        let reference = try orientedReference(front?.reference, evaluator)
        let selection = SubsetSelection(pool.map(\.values), count: count, reference: reference)
        let members = selection.indices.map { pool[$0] }
        let fresh = members.filter { $0.candidate == nil }.map(\.knobs)
        let added = try file.add(
            fresh.map { ($0, LinearPolicy($0, in: space), evaluator.evaluate($0)) }, origin: .search(front?.search ?? 0)
        )
        let chosen = (members.compactMap(\.candidate) + added).sorted { $0.id < $1.id }
        let ids = Set(chosen.map(\.id))
        try file.setPicked(false, of: file.candidates().map(\.id).filter { !ids.contains($0) })
        let opened = try chosen.map { try openConfirm($0, workers: workers) }
        return Picks(
            candidates: opened, hypervolume: selection.hypervolume, share: selection.share, proof: selection.proof,
            guarantee: selection.guarantee, poolCount: pool.count, report: try pickReport(workers: workers))
    }

    /// Marks a candidate as picked and estimates it on the confirm split, which counts as a look the first time.
    package func openConfirm(_ candidate: Candidate, workers: Workers) throws -> Candidate {
        var picked = candidate
        picked.isPicked = true
        try file.setPicked(true, of: [candidate.id])
        guard candidate.confirm == nil, description.tuneCount < description.unitCount else { return picked }
        if let known = try file.candidates().first(where: { $0.id == candidate.id })?.confirm {
            picked.confirm = known
            return picked
        }
        let evaluation = try workspace.evaluator(.confirm, workers: workers).evaluate(
            candidate.policy, weights: candidate.knobs.weights)
        try file.countLook(at: .confirm, "candidate \(candidate.name)")
        try file.record(evaluation, of: candidate.id)
        picked.confirm = evaluation
        return picked
    }

    /// Adds knobs as a candidate made by hand.
    package func addCandidate(_ knobs: PolicyKnobs, workers: Workers) throws -> Candidate {
        let policy = LinearPolicy(knobs, in: space)
        let tune = try workspace.evaluator(workers: workers).evaluate(policy, weights: knobs.weights)
        return try file.add([(knobs, policy, tune)], origin: .hand)[0]
    }
}
