import Foundation
import Frontier
import Online
import Optimisers
import Policies
import Runtime
import Statistics

/// One experiment in an online world, from its log to several rounds of an online test, by several methods: how much of the
/// best hypervolume of a pool of policies what they recommend brings, free of noise (METHODS section 8).
package struct OnlineTrial: Sendable {
    /// How the next policies are chosen.
    package enum Method: String, Sendable, CaseIterable {
        /// The picks of the log alone.
        case stopping
        /// A process per outcome on the measured policies.
        case measuredAlone
        /// Doubly robust values of all rows and a process on what they miss.
        case rows
    }

    package let world: OnlineWorld
    package let seed: UInt64
    /// Users of each policy.
    package var users = 5_000
    /// Policies in a round.
    package var batch = 6
    package var logUnits = 10_000

    package init(_ world: OnlineWorld, seed: UInt64) {
        self.world = world
        self.seed = seed
    }

    private static let poolSize = 512
    private static let testUnits = 20_000
    private static let weightExtent = 10.0
    private static let biasExtent = 3.0
    private static let nearby = 0.1

    /// Shares of the pool's best hypervolume after each round.
    /// - Throws: `CancellationError`.
    package func run(_ methods: [Method], rounds: Int, context: RunContext) throws -> [Method: [Double]] {
        let population = try Population(self, context)
        var shares: [Method: [Double]] = [:]
        for method in methods { shares[method] = try population.run(method, rounds: rounds, context: context) }
        return shares
    }

    /// What is the same for all methods: the log, the policies that it suggests, and the truth.
    private struct Population {
        let trial: OnlineTrial
        let space: PolicySpace
        /// Slopes of the short-term effects on the units' features, by arm and outcome.
        let effects: [[[Double]]]
        let spreads: [Double]
        let box: SearchBox
        /// In the cube of all policies.
        let picks: [[Double]]
        let test: WorldUnits
        let reference: [Double]
        let best: Double

        var world: OnlineWorld { trial.world }
        var dimensions: Int { world.armCount + world.outcomeCount - 2 }

        init(_ trial: OnlineTrial, _ context: RunContext) throws {
            let world = trial.world
            self.trial = trial
            var stream = RandomStream(seed: trial.seed, purpose: "log")
            let arms = (0..<world.armCount).map { "arm \($0)" }
            let space = PolicySpace(
                arms: arms,
                outcomes: (0..<world.outcomeCount).map {
                    PolicySpace.Outcome(
                        name: "outcome \($0)", direction: .maximize, threshold: nil, centre: 0, scale: 1)
                },
                averageEffects: arms.map { _ in Array(repeating: 0, count: world.outcomeCount) },
                controlMeans: Array(repeating: 0, count: world.outcomeCount))
            let log = (0..<trial.logUnits).map { _ in OnlineWorld.covariates(&stream) }
            let given = log.map { _ in UInt8(stream.index(below: world.armCount)) }
            let outcomes = (0..<world.outcomeCount).map { outcome in
                zip(log, given).map { x, arm -> Double in
                    let effect = arm > 0 ? world.shortEffects(x)[Int(arm) - 1][outcome] : 0
                    return world.baseline(x, outcome: outcome) + effect + stream.normal()
                }
            }
            self.space = space
            let effects = Self.learn(log, given, outcomes, world)
            self.effects = effects
            let logUnits = WorldUnits(log, effects: effects, world)
            let spreads = (0..<world.outcomeCount).map { outcome in
                Moments(
                    (0..<world.armCount - 1).flatMap { arm in
                        logUnits.effects[arm * world.outcomeCount + outcome].map { Double($0) }
                    }
                ).standardDeviation
            }
            let scores = try Self.scores(
                space, logUnits, arms: given, outcomes: outcomes, periods: Array(repeating: 0, count: log.count),
                propensities: arms.map { _ in Array(repeating: 1 / Float(arms.count), count: log.count) }, context)
            let d = world.armCount + world.outcomeCount - 2
            let sequence = SobolSequence(dimensions: d, seed: trial.seed)
            self.spreads = spreads
            @Sendable func policy(_ place: [Double]) -> LinearPolicy { Self.policy(place, spreads, world) }
            let first = (0..<OnlineTrial.poolSize).map(sequence.point)
            let offline = try context.workers.map(first.count) { scores.values(policy(first[$0])) }
            let front = Dominance.front(offline).map { first[$0] }
            let pool =
                first
                + (0..<OnlineTrial.poolSize).map { index in
                    front[index % front.count].map { min(1, max(0, $0 + OnlineTrial.nearby * stream.normal())) }
                }
            let known = try context.workers.map(pool.count) { scores.values(policy(pool[$0])) }
            let armValues = (0..<world.armCount).map {
                scores.values(LinearPolicy.everyone(arm: $0, in: space))
            }
            let offlineReference = ReferencePoint.standard(arms: armValues)
            picks = SubsetSelection(known, count: trial.batch, reference: offlineReference).indices.map { pool[$0] }
            box = SearchBox(around: Dominance.front(known).map { pool[$0] })
            let test = WorldUnits(
                (0..<OnlineTrial.testUnits).map { _ in OnlineWorld.covariates(&stream) }, effects: effects, world)
            self.test = test
            let truth = try context.workers.map(pool.count) { test.truth(policy(pool[$0]), space, world) }
            reference = ReferencePoint.standard(
                arms: (0..<world.armCount).map { test.truth(.everyone(arm: $0, in: space), space, world) })
            best = SubsetSelection(truth, count: trial.batch, reference: reference).hypervolume
        }

        /// Least squares by arm on quadratic features.
        private static func learn(
            _ units: [[Double]], _ arms: [UInt8], _ outcomes: [[Double]], _ world: OnlineWorld
        ) -> [[[Double]]] {
            let fits = (0..<world.armCount).map { arm -> [[Double]] in
                let own = units.indices.filter { Int(arms[$0]) == arm }
                let rows = own.map { WorldUnits.features(units[$0]) }
                let design = DenseMatrix(rowCount: rows.count, columnCount: rows[0].count) { rows[$0][$1] }
                return outcomes.map { column in
                    LinearRegression(design, own.map { column[$0] })?.coefficients ?? rows[0].map { _ in 0 }
                }
            }
            return (1..<world.armCount).map { arm in
                zip(fits[arm], fits[0]).map { zip($0, $1).map { $0 - $1 } }
            }
        }

        private static func policy(_ place: [Double], _ spreads: [Double], _ world: OnlineWorld) -> LinearPolicy {
            let m = world.outcomeCount
            var weights = [1.0]
            for j in 1..<m {
                weights.append(
                    sinh((2 * place[j - 1] - 1) * asinh(OnlineTrial.weightExtent)) * spreads[0] / spreads[j])
            }
            let width = (1..<m).reduce(1.0) { sum, j in
                let ratio = weights[j] * spreads[j] / spreads[0]
                return sum + ratio * ratio
            }.squareRoot()
            let biases = (0..<world.armCount - 1).map { arm in
                sinh((2 * place[m - 1 + arm] - 1) * asinh(OnlineTrial.biasExtent)) * spreads[0] * width
            }
            return LinearPolicy(weights: weights, biases: [0] + biases)
        }

        private static func scores(
            _ space: PolicySpace, _ units: WorldUnits, arms: [UInt8], outcomes: [[Double]], periods: [UInt8],
            propensities: [[Float]], _ context: RunContext
        ) throws -> OnlineScores {
            let features = UnitFeatures(
                units.columns.map { UnitFeatures.Covariate(values: $0, isCategorical: false) },
                unitCount: units.count)
            let regression = try ArmRegression(
                features, arms: arms, armCount: space.armCount, periods: periods, periodCount: 1,
                folds: units.columns[0].indices.map { UInt8($0 % 2) }, outcomes: outcomes, context: context)
            return OnlineScores(
                EffectColumns(space, units.effects, unitCount: units.count),
                ArmScores(arms: arms, outcomes: outcomes, propensities: propensities, means: regression.means))
        }

        // MARK: Rounds

        func run(_ method: Method, rounds: Int, context: RunContext) throws -> [Double] {
            guard method != .stopping else {
                return try Array(repeating: share(of: picks, context), count: rounds)
            }
            var state = Rounds(units: WorldUnits(world))
            var places = picks
            var shares: [Double] = []
            for round in 0..<rounds {
                try context.cancellation.check()
                test(places, round: round, &state)
                let (next, box) = try next(method, state, round: round, context)
                let held = try next.recommended(count: trial.batch, context: context)
                shares.append(try share(of: held.map { box.outer($0.place) }, context))
                if round + 1 < rounds { places = try next.batch(context: context).map(box.outer) }
            }
            return shares
        }

        private func share(of places: [[Double]], _ context: RunContext) throws -> Double {
            let truth = try context.workers.map(places.count) { index in
                test.truth(Self.policy(places[index], spreads, world), space, world)
            }
            return Hypervolume.of(truth, reference: reference) / best
        }

        private struct Rounds {
            var units: WorldUnits
            var arms: [UInt8] = []
            var outcomes: [[Double]] = []
            var policies: [LinearPolicy] = []
            /// How many of the policies so far give each arm to a unit: all have as many users.
            var given: [[Float]] = []

            /// Over all rounds.
            var propensities: [[Float]] { given.map { $0.map { $0 / Float(policies.count) } } }
            /// Places in the cube of all policies.
            var measured: [NextPolicies.Measured] = []
        }

        private func test(_ places: [[Double]], round: Int, _ state: inout Rounds) {
            var stream = RandomStream(seed: trial.seed, purpose: "round \(round)")
            let policies = places.map { Self.policy($0, spreads, world) }
            let new = WorldUnits(
                (0..<trial.users * places.count).map { _ in OnlineWorld.covariates(&stream) }, effects: effects, world)
            let given = policies.map { new.arms($0, space) }
            let own = (0..<new.count).map { $0 % places.count }
            let arms = own.enumerated().map { given[$1][$0] }
            let shares = given.map { arms in
                (0..<world.armCount).map { arm in
                    Double(arms.count { Int($0) == arm }) / Double(max(1, arms.count))
                }
            }
            if state.outcomes.isEmpty {
                state.outcomes = Array(repeating: [], count: world.outcomeCount)
                state.given = Array(repeating: [], count: world.armCount)
            }
            var moments = [[Moments]](
                repeating: Array(repeating: Moments(), count: world.outcomeCount), count: places.count)
            for outcome in 0..<world.outcomeCount {
                for unit in 0..<new.count {
                    let policy = own[unit]
                    let value =
                        new.expected(unit, arm: Int(arms[unit]), outcome: outcome)
                        + world.wear(shares[policy], outcome: outcome) + stream.normal()
                    moments[policy][outcome].add(value)
                    state.outcomes[outcome].append(value)
                }
            }
            for policy in policies {
                for (unit, arm) in state.units.arms(policy, space).enumerated() { state.given[Int(arm)][unit] += 1 }
            }
            state.units.append(new)
            state.policies += policies
            let all = state.policies.map { new.arms($0, space) }
            for arm in 0..<world.armCount {
                state.given[arm] += (0..<new.count).map { unit in Float(all.count { Int($0[unit]) == arm }) }
            }
            state.arms += arms
            state.measured += places.enumerated().map { index, place in
                NextPolicies.Measured(
                    place: place,
                    values: moments[index].map {
                        NoisyValue($0.mean, variance: $0.variance / Double(trial.users))
                    })
            }
        }

        private func next(
            _ method: Method, _ state: Rounds, round: Int, _ context: RunContext
        ) throws -> (NextPolicies, SearchBox) {
            let (spreads, world) = (spreads, world)
            var box = box
            var prior = try PriorKnowledge()
            var reference = reference
            if method == .rows {
                let scores = try Self.scores(
                    space, state.units, arms: state.arms, outcomes: state.outcomes,
                    periods: Array(repeating: 0, count: state.arms.count), propensities: state.propensities, context)
                let values: @Sendable ([Double]) -> [Double] = { place in
                    scores.values(Self.policy(place, spreads, world))
                }
                let seed = trial.seed &+ UInt64(round)
                box = box.joined(
                    SearchBox(
                        around: try CandidatePlaces.front(
                            dimensions: dimensions, seed: seed, context: context, values)))
                let means: @Sendable ([Double]) -> [Double] = { [box] in values(box.outer($0)) }
                prior = try PriorKnowledge(
                    means: means,
                    candidates: CandidatePlaces.around(
                        dimensions: dimensions, seed: seed, context: context, means),
                    context: context)
                reference = ReferencePoint.standard(
                    arms: (0..<world.armCount).map { scores.values(.everyone(arm: $0, in: space)) })
            }
            let measured = state.measured.map { NextPolicies.Measured(place: box.inner($0.place), values: $0.values) }
            let next = NextPolicies(
                dimensions: dimensions, measured: measured, prior: prior, reference: reference,
                batch: trial.batch, seed: trial.seed &+ UInt64(round))
            return (next, box)
        }
    }
}
