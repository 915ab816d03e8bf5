import Runtime
import Statistics

/// A linear representation of units, v(x) = W'x on standardised features, and what stands behind it.
package struct LinearRepresentation: Sendable {
    /// How it is fitted, and on what grid.
    package struct Search: Sendable, Equatable {
        package var dimensions: [Int]
        package var ridges: [Double]
        /// Of the intercepts, tried beside none.
        package var interceptRidges: [Double]

        package init(
            dimensions: [Int] = [2, 4, 8, 16, 32, 64], ridges: [Double] = [0.1, 1, 10],
            interceptRidges: [Double] = [10, 100, 1000]
        ) {
            self.dimensions = dimensions
            self.ridges = ridges
            self.interceptRidges = interceptRidges
        }
    }

    /// Features x d.
    package let map: DenseMatrix
    package let head: LowRankHead
    package let models: TaskModels
    package let ridge: Double
    package let interceptRidge: Double
    package let rounds: Int
    /// On the units that chose; infinite where none did.
    package let heldRisk: Double

    package var dimension: Int { map.columnCount }

    /// The fit of the dimension and ridges whose error on other units is least, on all units.
    /// - Parameters:
    ///   - training: units that fit.
    ///   - held: units that choose.
    /// - Throws: `CancellationError`.
    package static func search(
        _ search: Search, training: PoolSums, held: PoolSums, context: RunContext
    ) throws -> LinearRepresentation {
        let part = try Prepared(training, interceptRidge: 0, context: context)
        let candidates = part.possible(search.dimensions).flatMap { dimension in
            search.ridges.map { (dimension: dimension, ridge: $0) }
        }
        // Fits side by side, each on one thread.
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let finished = Counter()
        let total = candidates.count + search.interceptRidges.count
        let risks = try context.workers.map(candidates.count) { index in
            let fit = try part.fit(
                dimension: candidates[index].dimension, ridge: candidates[index].ridge, context: single)
            context.report(Progress(phase: "fitting the representation", done: finished.next(), total: total))
            return fit.models.risk(held).mean
        }
        let best = candidates[risks.indices.min { risks[$0] < risks[$1] } ?? 0]
        let own = risks.min() ?? .infinity
        let shrunk = try context.workers.map(search.interceptRidges.count) { index in
            let fit = try Prepared(training, interceptRidge: search.interceptRidges[index], context: single).fit(
                dimension: best.dimension, ridge: best.ridge, context: single)
            context.report(Progress(phase: "fitting the representation", done: finished.next(), total: total))
            return fit.models.risk(held).mean
        }
        let nearest = shrunk.indices.min { shrunk[$0] < shrunk[$1] }
        let interceptRidge = nearest.flatMap { shrunk[$0] < own ? search.interceptRidges[$0] : nil } ?? 0
        return try Prepared(training.merging(held), interceptRidge: interceptRidge, context: context).fit(
            dimension: best.dimension, ridge: best.ridge, heldRisk: min(own, shrunk.min() ?? own), context: context)
    }

    /// The fit of given settings.
    /// - Throws: `CancellationError`.
    package static func fit(
        _ sums: PoolSums, dimension: Int, ridge: Double, interceptRidge: Double = 0, context: RunContext
    ) throws -> LinearRepresentation {
        let prepared = try Prepared(sums, interceptRidge: interceptRidge, context: context)
        return try prepared.fit(dimension: prepared.possible([dimension])[0], ridge: ridge, context: context)
    }

    /// The sums of a pool in whitened coordinates.
    private struct Prepared: Sendable {
        let sums: PoolSums
        let whitening: Whitening
        let tasks: [CentredTask]
        let shrinkage: InterceptShrinkage

        /// How often what intercepts are drawn to is found anew.
        private static let recentrings = 2

        init(_ sums: PoolSums, interceptRidge: Double, context: RunContext) throws {
            try self.init(
                sums, Whitening(try sums.centred(workers: context.workers)),
                InterceptShrinkage(sums, ridge: interceptRidge), context)
        }

        private init(
            _ sums: PoolSums, _ whitening: Whitening, _ shrinkage: InterceptShrinkage, _ context: RunContext
        ) throws {
            self.sums = sums
            self.whitening = whitening
            self.shrinkage = shrinkage
            tasks = try sums.centred(map: whitening.map, shrinkage: shrinkage, workers: context.workers)
        }

        /// Dimensions up to that of the features and of the tasks' outcomes, ascending.
        func possible(_ dimensions: [Int]) -> [Int] {
            let most = max(1, min(whitening.map.columnCount, tasks.reduce(0) { $0 + $1.outcomes.count }))
            return Set(dimensions.map { min($0, most) }).sorted()
        }

        func fit(
            dimension: Int, ridge: Double, heldRisk: Double = .infinity, context: RunContext
        ) throws -> LinearRepresentation {
            var current = self
            var (fit, coefficients) = try current.coefficients(dimension: dimension, ridge: ridge, context: context)
            for _ in 0..<(shrinkage.ridge > 0 ? Self.recentrings : 0) {
                current = try Prepared(
                    sums, whitening, current.shrinkage.recentring(current.tasks, coefficients: coefficients), context)
                (fit, coefficients) = try current.coefficients(dimension: dimension, ridge: ridge, context: context)
            }
            let tasks = current.tasks
            return LinearRepresentation(
                map: whitening.map * fit.directions, head: fit.head,
                models: TaskModels(
                    shape: sums.shape, coefficients: coefficients.map { $0.map { whitening.map * $0 } },
                    intercepts: tasks.indices.map { task in
                        coefficients[task].indices.map {
                            tasks[task].intercept($0, coefficients: coefficients[task][$0])
                        }
                    }),
                ridge: ridge, interceptRidge: shrinkage.ridge, rounds: fit.rounds, heldRisk: heldRisk)
        }

        private func coefficients(
            dimension: Int, ridge: Double, context: RunContext
        ) throws -> (LowRankFit, [[[Double]]]) {
            let fit = try LowRankFit(
                tasks, outcomeCount: sums.shape.outcomes.count,
                settings: LowRankFit.Settings(dimension: dimension, ridge: ridge), context: context)
            let coefficients = tasks.indices.map { task in
                tasks[task].outcomes.map { fit.directions * fit.head.coefficients(task: task, outcome: $0) }
            }
            return (fit, coefficients)
        }
    }
}
