import Pooling
import Runtime
import Statistics
import Testing

struct TaskSumsTests {
    private let shape = PoolShape(
        experiments: [PoolShape.Entry(name: "one", arms: ["control", "arm"], outcomes: [0])], outcomes: ["y"])

    private func units(_ count: Int, seed: UInt64) -> (features: [Double], values: [Double]) {
        var random = RandomStream(seed: seed)
        let features = (0..<count * 3).map { _ in random.normal() }
        let values = (0..<count).map { 2 + features[$0 * 3] - 0.5 * features[$0 * 3 + 2] + 0.1 * random.normal() }
        return (features, values)
    }

    private func sums(blocks: [Int], seed: UInt64) -> PoolSums {
        var sums = PoolSums(shape: shape, width: 3)
        for task in 0..<2 {
            let (features, values) = units(blocks.reduce(0, +), seed: seed + UInt64(task))
            var start = 0
            for block in blocks {
                sums.add(
                    task: task, features: Array(features[start * 3..<(start + block) * 3]),
                    values: [Array(values[start..<start + block])])
                start += block
            }
        }
        return sums
    }

    /// Least squares and its error from sums are those of the rows (`LinearRegression` works on rows).
    @Test func regressionFromSumsIsThatOfTheRows() throws {
        let models = try TaskModels.independent(sums(blocks: [60], seed: 3), ridge: 0, context: RunContext())
        let (features, values) = units(60, seed: 3)
        let design = DenseMatrix(rowCount: 60, columnCount: 4) { $1 == 0 ? 1 : features[$0 * 3 + $1 - 1] }
        let direct = try #require(LinearRegression(design, values))
        let own = [models.intercepts[0][0]] + models.coefficients[0][0]
        for (a, b) in zip(own, direct.coefficients) { #expect(abs(a - b) < 1e-9) }
    }

    @Test func riskFromSumsIsThatOfTheRows() throws {
        let models = try TaskModels.independent(sums(blocks: [60], seed: 3), ridge: 0, context: RunContext())
        let others = sums(blocks: [40], seed: 8)
        var expected = 0.0
        for task in 0..<2 {
            let (features, values) = units(40, seed: 8 + UInt64(task))
            for row in 0..<40 {
                var error = values[row] - models.intercepts[task][0]
                for index in 0..<3 { error -= models.coefficients[task][0][index] * features[row * 3 + index] }
                expected += error * error / 80
            }
        }
        #expect(abs(models.risk(others).mean - expected) < 1e-9)
    }

    @Test func blocksDoNotMatterBeyondRounding() throws {
        let whole = try TaskModels.independent(sums(blocks: [60], seed: 3), ridge: 1, context: RunContext())
        let parts = try TaskModels.independent(sums(blocks: [7, 33, 20], seed: 3), ridge: 1, context: RunContext())
        for (a, b) in zip(whole.coefficients[1][0], parts.coefficients[1][0]) { #expect(abs(a - b) < 1e-12) }
    }
}
