import Runtime
import Statistics

/// The LR-learner with a linear representation, fitted from sums (METHODS section 5): y = c + v(x)'A_j e, v(x) = W'x, by
/// ridge regressions in turn. Its cost does not depend on the number of units.
struct LowRankFit: Sendable {
    /// How it is fitted.
    struct Settings: Sendable, Equatable {
        /// d.
        var dimension: Int
        /// Added to the normal matrix of each of the three regressions, in whitened coordinates.
        var ridge: Double
        var mostRounds = 60
        /// The fit ends when a round lowers the squared error by less than this share.
        var tolerance = 1e-4
    }

    /// W: whitened coordinates x d.
    let directions: DenseMatrix
    let head: LowRankHead
    let rounds: Int

    private static let transformSteps = 40
    private static let directionSteps = 10

    /// - Parameters:
    ///   - tasks: in whitened coordinates.
    ///   - outcomeCount: of the pool.
    /// - Throws: `CancellationError`.
    init(_ tasks: [CentredTask], outcomeCount: Int, settings: Settings, context: RunContext) throws {
        let start = try LowRankStart(
            tasks, dimension: settings.dimension, ridge: settings.ridge, workers: context.workers)
        let size = settings.dimension
        var state = LowRankState(
            tasks: tasks, directions: start.directions,
            head: LowRankHead(
                transforms: (0..<outcomeCount).map { _ in DenseMatrix(rowCount: size, columnCount: size) },
                arms: start.arms),
            ridge: settings.ridge, workers: context.workers)
        var error = Double.infinity
        var rounds = 0
        while rounds < settings.mostRounds {
            try context.cancellation.check()
            let reduced = try state.reducing()
            try state.solveTransforms(reduced, steps: Self.transformSteps)
            try state.solveArms(reduced)
            let now = state.squaredError(reduced)
            rounds += 1
            guard error - now > settings.tolerance * now else { break }
            error = now
            try state.solveDirections(steps: Self.directionSteps)
            state.normalise()
        }
        directions = state.directions
        head = state.head
        self.rounds = rounds
    }
}
