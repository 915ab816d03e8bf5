import Effects
import Runtime
import Statistics

/// What predicts the outcomes of units in every arm of an experiment.
package struct PoolPredictor: Sendable {
    /// Its name in tables.
    package let name: String
    /// mu at arm * outcomes of the experiment + outcome, one value per unit; given the experiment, standardised features row by
    /// row, and the number of rows.
    let predict: @Sendable (_ experiment: Int, _ features: [Float], _ rows: Int) throws -> [[Double]]

    init(_ name: String, predict: @escaping @Sendable (Int, [Float], Int) throws -> [[Double]]) {
        self.name = name
        self.predict = predict
    }

    /// Effects of units in the outcomes' own units, at (arm - 1) * outcomes + outcome of an experiment of the pool.
    /// - Parameter columns: encoded as the pool's inputs say.
    package func effects(_ experiment: Int, _ columns: [[Float]], of pool: Pool) throws -> [[Double]] {
        let rows = columns.first?.count ?? 0
        let features = pool.inputs.standardised(columns, rows: Array(0..<rows))
        let mu = try predict(experiment, features, rows)
        let entry = pool.shape.experiments[experiment]
        return entry.arms.indices.dropFirst().flatMap { arm in
            entry.outcomes.indices.map { slot in
                let scale = pool.experiments[experiment].scales[slot]
                return zip(mu[arm * entry.outcomes.count + slot], mu[slot]).map { scale * ($0 - $1) }
            }
        }
    }

    /// The pool's own model.
    init(_ model: PoolModel) {
        self.init(model.network == .linear ? "lr-linear" : "lr-relu") { experiment, features, rows in
            model.predict(experiment: experiment, standardised: features, rows: rows)
        }
    }

    /// Independent linear T-learners, on units that fit and choose; their ridge is the one of least error on those that choose.
    static func linear(_ training: PoolSums, held: PoolSums, context: RunContext) throws -> PoolPredictor {
        let ridges = [0.0, 1, 10, 100]
        let risks = try ridges.map {
            try TaskModels.independent(training, ridge: $0, context: context).risk(held).mean
        }
        let best = ridges[risks.indices.min { risks[$0] < risks[$1] } ?? 0]
        let models = try TaskModels.independent(training.merging(held), ridge: best, context: context)
        return PoolPredictor("t-linear") { experiment, features, rows in
            let first = models.shape.firstTask(of: experiment)
            let entry = models.shape.experiments[experiment]
            return entry.arms.indices.flatMap { arm in
                entry.outcomes.indices.map { slot in
                    let own = models.coefficients[first + arm][slot]
                    return (0..<rows).map { row in
                        var sum = models.intercepts[first + arm][slot]
                        for index in own.indices { sum += own[index] * Double(features[row * own.count + index]) }
                        return sum
                    }
                }
            }
        }
    }

    /// Independent boosted T-learners; units that choose settle the number of rounds.
    static func boosted(_ pool: Pool, context: RunContext) throws -> PoolPredictor {
        let tasks = pool.shape.tasks
        let width = pool.inputs.inputs.count
        let finished = Counter()
        let models = try context.workers.map(tasks.count) { index -> [BoostedModel] in
            let own = pool.experiments[tasks[index].experiment]
            let fitting = pool.units(.training, of: tasks[index].experiment, arm: tasks[index].arm)
            let choosing = pool.units(.held, of: tasks[index].experiment, arm: tasks[index].arm)
            let units = fitting + choosing
            let features = own.features(of: units)
            let held = [Bool](repeating: false, count: fitting.count) + choosing.map { _ in true }
            let fitted = try own.values.map { column in
                try BoostedModel.train(
                    TrainingSet(features: features, width: width, labels: units.map { column[$0] }), held: held,
                    settings: .effects(trainingUnits: units.count), cancellation: context.cancellation)
            }
            context.report(Progress(phase: "fitting T-learners", done: finished.next(), total: tasks.count))
            return fitted
        }
        return PoolPredictor("t-boosted") { experiment, features, rows in
            let first = pool.shape.firstTask(of: experiment)
            return pool.shape.experiments[experiment].arms.indices.flatMap { arm in
                models[first + arm].map { $0.predict(features: features, width: width, rows: rows).map(Double.init) }
            }
        }
    }
}
