import Effects
import Experiments
import Runtime

/// A pool fitted and judged: what its file holds.
package struct PoolFit: Sendable, Equatable, Codable {
    /// What the analyst may decide.
    package struct Settings: Sendable, Equatable, Codable {
        /// nil takes the one of less error on held-out units.
        package var network: PoolModel.Network?
        /// d; nil searches.
        package var dimension: Int?
        package var seed: UInt64

        package init(network: PoolModel.Network? = nil, dimension: Int? = nil, seed: UInt64 = 7) {
            self.network = network
            self.dimension = dimension
            self.seed = seed
        }
    }

    package let settings: Settings
    package let model: PoolModel
    package let unitCounts: [Int]
    package let judgement: PoolJudgement
    package let structure: PoolStructure
    /// nil for two experiments, of which each is all of the other's pool, and in pools of earlier versions.
    package let influence: PoolInfluence?
    package let notes: [String]

    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func run(_ pool: Pool, settings: Settings, context: RunContext) throws -> PoolFit {
        let sums = try ChoiceSums(pool, context: context)
        let model = try train(pool, sums, settings: settings, context: context)
        let predictors = try predictors(model, pool, sums, context: context)
        return PoolFit(
            settings: settings, model: model, unitCounts: pool.experiments.map(\.unitCount),
            judgement: try PoolJudgement(pool, predictors: predictors, context: context),
            structure: try PoolStructure(
                pool, independent: predictors[1], seed: settings.seed, context: context),
            influence: pool.experiments.count > 2
                ? try PoolInfluence(
                    training: sums.training, held: sums.held, judging: pool.sums(.judging, context: context),
                    dimension: settings.dimension, context: context) : nil,
            notes: pool.notes)
    }

    /// What the pool learns, not judged.
    /// - Throws: `CancellationError`.
    package static func train(_ pool: Pool, settings: Settings, context: RunContext) throws -> PoolModel {
        try train(pool, ChoiceSums(pool, context: context), settings: settings, context: context)
    }

    /// The pool's model, and independent T-learners on the same units: linear, then boosted.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func predictors(_ pool: Pool, settings: Settings, context: RunContext) throws -> [PoolPredictor] {
        let sums = try ChoiceSums(pool, context: context)
        return try predictors(
            train(pool, sums, settings: settings, context: context), pool, sums, context: context)
    }

    private static func predictors(
        _ model: PoolModel, _ pool: Pool, _ sums: ChoiceSums, context: RunContext
    ) throws -> [PoolPredictor] {
        [
            PoolPredictor(model),
            try PoolPredictor.linear(sums.training, held: sums.held, context: context),
            try PoolPredictor.boosted(pool, context: context),
        ]
    }

    /// Sums of the units that fit, and of those that choose.
    private struct ChoiceSums {
        let training: PoolSums
        let held: PoolSums

        init(_ pool: Pool, context: RunContext) throws {
            training = try pool.sums(.training, context: context)
            held = try pool.sums(.held, context: context)
        }
    }

    private static func train(
        _ pool: Pool, _ sums: ChoiceSums, settings: Settings, context: RunContext
    ) throws -> PoolModel {
        var models: [PoolModel] = []
        if settings.network != .relu {
            var search = LinearRepresentation.Search()
            if let dimension = settings.dimension { search.dimensions = [dimension] }
            models.append(
                PoolModel(
                    try LinearRepresentation.search(search, training: sums.training, held: sums.held, context: context),
                    pool))
        }
        if settings.network != .linear {
            var search = NetworkRepresentation.Search()
            if let dimension = settings.dimension { search.dimensions = [dimension] }
            models.append(
                PoolModel(
                    try NetworkRepresentation.search(
                        search, training: pool.rows(.training), held: pool.rows(.held), seed: settings.seed,
                        context: context), pool))
        }
        return models.min { $0.heldRisk < $1.heldRisk } ?? models[0]
    }
}
