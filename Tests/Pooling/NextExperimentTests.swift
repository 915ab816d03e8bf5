import Experiments
import Pooling
import Runtime
import Simulation
import Statistics
import Testing

/// What a pool says of the experiments in it and of the next one.
@Suite struct NextExperimentTests {
    /// 30 independent covariates of which outcomes and effects know two directions, the same in all experiments of a world.
    private func experiment(_ index: Int, world: UInt64 = 4, units: Int = 300) -> Experiment {
        var random = RandomStream(seed: world, purpose: "directions")
        let directions = (0..<2).map { _ in (0..<30).map { _ in random.normal() / 30.0.squareRoot() } }
        random = RandomStream(seed: world, purpose: "experiment \(index)")
        let strengths = (0..<4).map { _ in random.normal() }
        var columns = [[Float]](repeating: [], count: 30)
        let arms = (0..<units).map { UInt8($0 % 2) }
        let values = arms.map { arm in
            let point = (0..<30).map { _ in random.normal() }
            for place in columns.indices { columns[place].append(Float(point[place])) }
            let hidden = directions.map { zip($0, point).reduce(0) { $0 + $1.0 * $1.1 } }
            let level = strengths[0] * hidden[0] + strengths[1] * hidden[1]
            let effect = strengths[2] * hidden[0] + strengths[3] * hidden[1]
            return level + Double(arm) * effect + random.normal()
        }
        return SimulatedExperiment.make(
            name: "experiment \(index)", columns: columns, assignment: arms, arms: ["control", "arm"],
            outcomes: [("y", values)])
    }

    /// Two dimensions tell what 30 inputs do, with fewer units; an effect that hardly differs is seen as often as the level
    /// of the test says, whatever it is seen by.
    @Test func aPoolNeedsFewerUnits() throws {
        let pool = try Pool((0..<12).map { experiment($0) }, seed: 3)
        let model = try PoolFit.train(
            pool, settings: PoolFit.Settings(network: .linear, dimension: 2, seed: 3), context: RunContext())
        let next = try NextExperiment(
            model, units: pool, outcome: 0, effect: 0.5, replicates: 100, seed: 1, context: RunContext())
        let (own, alone) = (try #require(next.pool), try #require(next.alone))
        #expect(Double(own) < 0.8 * Double(alone))
        #expect(
            try NextExperiment(
                model, units: pool, outcome: 0, effect: 0.5, replicates: 100, seed: 1,
                context: RunContext(workers: Workers(count: 1))) == next)
        let none = try NextExperiment(
            model, units: pool, outcome: 0, effect: 1e-6, replicates: 60, seed: 1, context: RunContext())
        #expect(none.pool == nil && none.alone == nil)
        // 540 draws of at most .05: a mean of .085 is four standard errors above.
        let count = Double(none.powers.count)
        #expect(none.powers.reduce(0) { $0 + $1.pool } / count < 0.085)
        #expect(none.powers.reduce(0) { $0 + $1.alone } / count < 0.085)
    }

    /// An experiment of another world gives the others nothing.
    @Test func aStrangerDoesNotCarryThePool() throws {
        let own = (0..<11).map { experiment($0, units: 160) }
        let pool = try Pool(own + [experiment(11, world: 77, units: 160)], seed: 3)
        let fit = try PoolFit.run(
            pool, settings: PoolFit.Settings(network: .linear, dimension: 2, seed: 3), context: RunContext())
        let influence = try #require(fit.influence)
        #expect(influence.rows.count == 12)
        let mean = influence.rows.dropLast().reduce(0) { $0 + $1.given.value } / 11
        #expect(influence.rows[11].given.value < mean)
        #expect(!influence.carrying.map(\.experiment).contains(influence.rows[11].experiment))
        #expect(!influence.carrying.isEmpty)
    }

    @Test func nearestUnitsAreFoundByScaledDistances() {
        // The second dimension is as far apart in its own units.
        let nearest = NearestUnits([0, 0, 1, 0, 0, 300, 1, 100], dimension: 2).nearest(to: 0, count: 3)
        #expect(nearest.map(\.row) == [1, 3, 2])
        #expect(zip(nearest, nearest.dropFirst()).allSatisfy { $0.distance <= $1.distance })
        // A constant dimension tells nobody apart.
        #expect(NearestUnits([0, 5, 1, 5, 4, 5], dimension: 2).nearest(to: 0, count: 1).map(\.row) == [1])
    }
}
