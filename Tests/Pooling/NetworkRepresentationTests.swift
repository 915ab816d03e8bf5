import Pooling
import Runtime
import Statistics
import Testing

struct NetworkRepresentationTests {
    private let shape = PoolShape(
        experiments: (0..<4).map { PoolShape.Entry(name: "e\($0)", arms: ["control", "arm"], outcomes: [0]) },
        outcomes: ["y"])

    /// Outcomes are mixtures of |x1| and |x2|, which no linear model sees.
    private func rows(_ count: Int, seed: UInt64) -> PoolRows {
        var rows = PoolRows(shape: shape, width: 3)
        var random = RandomStream(seed: seed)
        for task in 0..<8 {
            let features = (0..<count * 3).map { _ in Float(random.normal()) }
            let (a, b) = (Float(task % 3) - 1, Float(task % 2))
            let values = (0..<count).map { row in
                a * abs(features[row * 3]) + b * abs(features[row * 3 + 1]) + 0.1 * Float(random.normal())
            }
            rows.add(task: task, features: features, values: [values])
        }
        return rows
    }

    private let search = NetworkRepresentation.Search(dimensions: [2, 4], rates: [5e-3], hidden: 16, epochs: 30)

    @Test func bendsAreLearned() throws {
        let fit = try NetworkRepresentation.search(
            search, training: rows(160, seed: 1), held: rows(40, seed: 2), seed: 1, context: RunContext())
        let risk = fit.risk(rows(200, seed: 3)).mean
        // A linear model is left with var |x| = .363 times the mean of a² + b², 7/6; the noise is .01.
        #expect(risk < 0.06)
    }

    @Test func threadsDoNotMatterAndSeedsDo() throws {
        func train(_ threads: Int, _ seed: UInt64) throws -> [Float] {
            var short = search
            short.epochs = 3
            return try NetworkRepresentation.search(
                short, training: rows(40, seed: 1), held: rows(20, seed: 2), seed: seed,
                context: RunContext(workers: Workers(count: threads))
            ).layers.first
        }
        let one = try train(1, 1)
        #expect(try train(2, 1) == one)
        #expect(try train(1, 2) != one)
    }
}
