import Runtime
import Statistics

/// Which experiments carry a pool and which hurt it, by leaving out one after the other. Representations are linear, whatever the
/// pool's own is: a fit from sums takes moments, and a network for every experiment would take hours.
package struct PoolInfluence: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        package let experiment: String
        /// How much less its own mu-risk is by the pool than by T-learners of it alone, as a share of theirs.
        package let gained: Double
        /// How much more the mu-risk of the others is without it, as a share of theirs with it: the mean over the others.
        package let given: Estimate
    }

    /// In the order of the pool.
    package let rows: [Row]

    /// Experiments that the others are surely better off with, the most first.
    package var carrying: [Row] {
        rows.filter { ($0.given.low ?? 0) > 0 }.sorted { $0.given.value > $1.given.value }
    }

    /// Those that the others are surely better off without, the worst first.
    package var hurting: [Row] {
        rows.filter { ($0.given.high ?? 0) < 0 }.sorted { $0.given.value < $1.given.value }
    }

    /// - Parameters:
    ///   - training: units that fit.
    ///   - held: units that choose the dimension and the ridges, once for all fits.
    ///   - judging: units that neither fit nor choose.
    /// - Throws: `CancellationError`.
    /// - Complexity: one linear fit for each experiment; independent of the number of units.
    init(training: PoolSums, held: PoolSums, judging: PoolSums, dimension: Int?, context: RunContext) throws {
        var search = LinearRepresentation.Search()
        if let dimension { search.dimensions = [dimension] }
        let whole = try LinearRepresentation.search(search, training: training, held: held, context: context)
        let fitting = training.merging(held)
        let alone = try TaskModels.independent(fitting, ridge: whole.ridge, context: context)
        let count = training.shape.experiments.count
        // Fits side by side, each on one thread.
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let done = Counter()
        rows = try context.workers.map(count) { index in
            let others = fitting.leavingOut(index)
            let fit = try LinearRepresentation.fit(
                others, dimension: whole.dimension, ridge: whole.ridge, interceptRidge: whole.interceptRidge,
                context: single)
            var given = Moments()
            let judged = judging.leavingOut(index)
            for other in 0..<count where other != index {
                let with = whole.models.risk(judging, of: other).mean
                let without = fit.models.risk(judged, of: other < index ? other : other - 1).mean
                // Without judging units there is no risk.
                if with > 0 { given.add(without / with - 1) }
            }
            context.report(Progress(phase: "leaving out experiments", done: done.next(), total: count))
            let own = whole.models.risk(judging, of: index).mean
            let independent = alone.risk(judging, of: index).mean
            return Row(
                experiment: training.shape.experiments[index].name,
                gained: independent > 0 ? 1 - own / independent : 0,
                given: Estimate(
                    value: given.count > 0 ? given.mean : 0,
                    standardError: given.count > 1 ? given.standardError : nil))
        }
    }
}
