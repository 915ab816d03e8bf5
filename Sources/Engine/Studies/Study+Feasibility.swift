import Frontier
import Policies
import Runtime

extension Study {
    /// How likely each candidate is to keep all limits at once, on tune; nil without limits or where not estimable.
    package func feasibility(of candidates: [Candidate], workers: Workers) throws -> [Double?] {
        guard space.outcomes.contains(where: { $0.threshold != nil }) else { return candidates.map { _ in nil } }
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        return try workers.map(candidates.count) { index in
            Feasibility.probability(of: candidates[index].policy, evaluator: evaluator)
        }
    }

    /// - Throws: `EspalierError` (.usage) where only feasible policies are wanted and no outcome has a threshold.
    func requireLimits(for settings: SearchSettings) throws {
        guard settings.feasible, !space.outcomes.contains(where: { $0.threshold != nil }) else { return }
        throw EspalierError(
            .usage, "no outcome has a threshold, so every policy is feasible", file: description.dataPath,
            remedy: "give an outcome of the spec a threshold, or search without --feasible")
    }

    /// - Throws: `EspalierError` (.check) where only feasible policies were wanted and none was found.
    func requireFound(_ front: ParetoFront, _ settings: SearchSettings) throws {
        guard settings.feasible, front.points.isEmpty else { return }
        throw EspalierError(
            .check, "none of the policies met keeps every threshold by its estimates",
            remedy: "loosen a threshold of the spec or search longer with --evaluations; the study is as it was")
    }
}
