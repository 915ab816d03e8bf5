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
    package let notes: [String]

    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func run(_ pool: Pool, settings: Settings, context: RunContext) throws -> PoolFit {
        let training = try pool.sums(.training, context: context)
        let held = try pool.sums(.held, context: context)
        let linear = try PoolPredictor.linear(training, held: held, context: context)
        let model = try model(pool, settings, training: training, held: held, context: context)
        let predictors = [
            PoolPredictor(model), linear, try PoolPredictor.boosted(pool, context: context),
        ]
        return PoolFit(
            settings: settings, model: model, unitCounts: pool.experiments.map(\.unitCount),
            judgement: try PoolJudgement(pool, predictors: predictors, context: context),
            structure: try PoolStructure(pool, independent: linear, seed: settings.seed, context: context),
            notes: pool.notes)
    }

    private static func model(
        _ pool: Pool, _ settings: Settings, training: PoolSums, held: PoolSums, context: RunContext
    ) throws -> PoolModel {
        var models: [PoolModel] = []
        if settings.network != .relu {
            var search = LinearRepresentation.Search()
            if let dimension = settings.dimension { search.dimensions = [dimension] }
            models.append(
                PoolModel(
                    try LinearRepresentation.search(search, training: training, held: held, context: context), pool))
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
