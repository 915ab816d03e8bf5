import CKernels
import Foundation
import Runtime
import Statistics

/// The LR-learner with one hidden layer of rectified units (S2 section 5.5; METHODS section 5): Adam in minibatches, the rate
/// on a half cosine, decay of the weights, and the epoch whose error on held-out units is least.
struct NetworkTraining: Sendable {
    /// How it is trained.
    struct Settings: Sendable, Equatable {
        var hidden = 128
        var dimension = 32
        var rate = 2e-3
        var decay = 1e-4
        var epochs = 40
    }

    let layout: NetworkLayout
    let parameters: [Float]
    /// Epochs trained.
    let epochs: Int
    /// Mean squared error on held-out units; nil without any.
    let risk: Double?

    /// - Parameters:
    ///   - held: units that choose the epoch; nil trains through `lastEpoch` of the schedule.
    ///   - lastEpoch: nil goes through them all.
    /// - Throws: `CancellationError`.
    init(
        _ rows: PoolRows, held: PoolRows? = nil, settings: Settings, lastEpoch: Int? = nil, seed: UInt64,
        context: RunContext
    ) throws {
        let layout = NetworkLayout(
            width: rows.width, hidden: settings.hidden, dimension: settings.dimension,
            outcomes: rows.shape.outcomes.count, tasks: rows.shape.tasks.count)
        self.layout = layout
        var values = Self.start(layout, rows: rows, seed: seed)
        var (first, second) = (
            [Float](repeating: 0, count: layout.count), [Float](repeating: 0, count: layout.count)
        )
        var gradient = first
        var pass = NetworkPass(layout)
        var random = RandomStream(seed: seed, purpose: "pool batches")
        var order = Array(0..<rows.count)
        let batch = Self.batch(rows.count)
        let batches = (rows.count + batch - 1) / batch
        var best: (risk: Double, epoch: Int, values: [Float])?
        var step = 0
        let last = lastEpoch ?? settings.epochs
        for epoch in 1...max(1, last) {
            order.shuffle(using: &random)
            for index in 0..<batches {
                try context.cancellation.check()
                let chosen = order[index * batch..<min(rows.count, (index + 1) * batch)]
                let part = Self.gather(rows, chosen, layout)
                pass.gradient(
                    values, features: part.features, tasks: part.tasks, values: part.values, into: &gradient)
                let progress = Double(step) / Double(max(1, settings.epochs * batches))
                step += 1
                var adam = EspalierAdamStep(
                    rate: Float(settings.rate * 0.5 * (1 + cos(.pi * progress))), decay: 0,
                    first_share: Float(1 / (1 - pow(0.9, Double(step)))),
                    second_share: Float(1 / (1 - pow(0.999, Double(step)))))
                adam.decay = Float(settings.decay / settings.rate)
                espalier_adam(&values, gradient, &first, &second, layout.count, &adam)
            }
            if let held {
                let risk = pass.risk(values, held).mean
                if risk < best?.risk ?? .infinity { best = (risk, epoch, values) }
            }
            context.report(Progress(phase: "training the network", done: epoch, total: last))
        }
        parameters = best?.values ?? values
        epochs = best?.epoch ?? last
        risk = best?.risk
    }

    /// Rows of a step: a hundred steps an epoch where there are few.
    private static func batch(_ rows: Int) -> Int { min(256, max(32, rows / 100)) }

    private static func gather(
        _ rows: PoolRows, _ chosen: ArraySlice<Int>, _ layout: NetworkLayout
    ) -> (features: [Float], tasks: [Int32], values: [Float]) {
        var (features, values): ([Float], [Float]) = ([], [])
        features.reserveCapacity(chosen.count * layout.width)
        for row in chosen {
            features += rows.features[row * layout.width..<(row + 1) * layout.width]
            values += rows.values[row * layout.outcomes..<(row + 1) * layout.outcomes]
        }
        return (features, chosen.map { rows.tasks[$0] }, values)
    }

    /// Layers of unit gain (He et al. 2015), A near the identity, arms of length about 1, and the means of the tasks.
    private static func start(_ layout: NetworkLayout, rows: PoolRows, seed: UInt64) -> [Float] {
        var random = RandomStream(seed: seed, purpose: "pool network")
        var values = [Float](repeating: 0, count: layout.count)
        func fill(_ range: Range<Int>, sd: Double) {
            for index in range { values[index] = Float(sd * random.normal()) }
        }
        fill(layout.first, sd: (2 / Double(max(1, layout.width))).squareRoot())
        fill(layout.second, sd: (1 / Double(layout.hidden)).squareRoot())
        let d = layout.dimension
        fill(layout.transforms, sd: 0.1 / Double(d).squareRoot())
        for outcome in 0..<layout.outcomes {
            for k in 0..<d { values[layout.transforms.lowerBound + outcome * d * d + k * d + k] += 1 }
        }
        fill(layout.arms, sd: (1 / Double(d)).squareRoot())
        var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: layout.intercepts.count)
        for row in 0..<rows.count {
            for outcome in 0..<layout.outcomes {
                let value = rows.values[row * layout.outcomes + outcome]
                guard !value.isNaN else { continue }
                sums[Int(rows.tasks[row]) * layout.outcomes + outcome].sum += Double(value)
                sums[Int(rows.tasks[row]) * layout.outcomes + outcome].count += 1
            }
        }
        for (cell, own) in sums.enumerated() where own.count > 0 {
            values[layout.intercepts.lowerBound + cell] = Float(own.sum / Double(own.count))
        }
        return values
    }
}
