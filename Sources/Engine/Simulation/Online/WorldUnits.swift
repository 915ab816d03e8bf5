import Policies

/// Units with what policies see of them and what they do.
struct WorldUnits: Sendable {
    /// Covariates.
    var columns: [[Float]]
    /// Estimated short-term effects by `ContrastIndex.position`.
    var effects: [[Float]]
    /// Long-term effects in the same order, and the baselines by outcome.
    var long: [[Float]]
    var baselines: [[Float]]

    var count: Int { columns[0].count }

    init(_ world: OnlineWorld) {
        let contrasts = (world.armCount - 1) * world.outcomeCount
        columns = Array(repeating: [], count: OnlineWorld.covariateCount)
        effects = Array(repeating: [], count: contrasts)
        long = effects
        baselines = Array(repeating: [], count: world.outcomeCount)
    }

    init(_ units: [[Double]], effects slopes: [[[Double]]], _ world: OnlineWorld) {
        self.init(world)
        for x in units {
            for (k, value) in x.enumerated() { columns[k].append(Float(value)) }
            let features = Self.features(x)
            let truth = world.longEffects(x)
            for arm in 0..<world.armCount - 1 {
                for outcome in 0..<world.outcomeCount {
                    let index = arm * world.outcomeCount + outcome
                    effects[index].append(
                        Float(zip(slopes[arm][outcome], features).reduce(0) { $0 + $1.0 * $1.1 }))
                    long[index].append(Float(truth[arm][outcome]))
                }
            }
            for outcome in baselines.indices {
                baselines[outcome].append(Float(world.baseline(x, outcome: outcome)))
            }
        }
    }

    mutating func append(_ other: WorldUnits) {
        for k in columns.indices { columns[k] += other.columns[k] }
        for k in effects.indices {
            effects[k] += other.effects[k]
            long[k] += other.long[k]
        }
        for k in baselines.indices { baselines[k] += other.baselines[k] }
    }

    func arms(_ policy: LinearPolicy, _ space: PolicySpace) -> [UInt8] {
        (0..<count).map { unit in
            var best = 0
            var bestUtility = 0.0
            for arm in 1..<space.armCount {
                var utility = policy.biases[arm]
                for outcome in 0..<space.outcomeCount {
                    utility +=
                        policy.weights[outcome] * Double(effects[(arm - 1) * space.outcomeCount + outcome][unit])
                }
                if utility > bestUtility { (best, bestUtility) = (arm, utility) }
            }
            return UInt8(best)
        }
    }

    /// Without what the arms' shares take.
    func expected(_ unit: Int, arm: Int, outcome: Int) -> Double {
        let effect = arm > 0 ? long[(arm - 1) * baselines.count + outcome][unit] : 0
        return Double(baselines[outcome][unit]) + Double(effect)
    }

    /// The effect of a policy on every outcome online, free of noise.
    func truth(_ policy: LinearPolicy, _ space: PolicySpace, _ world: OnlineWorld) -> [Double] {
        let arms = arms(policy, space)
        var shares = [Double](repeating: 0, count: space.armCount)
        var sums = [Double](repeating: 0, count: space.outcomeCount)
        for (unit, arm) in arms.enumerated() {
            shares[Int(arm)] += 1 / Double(count)
            guard arm > 0 else { continue }
            for outcome in sums.indices {
                sums[outcome] += Double(long[(Int(arm) - 1) * space.outcomeCount + outcome][unit])
            }
        }
        return sums.indices.map { sums[$0] / Double(count) + world.wear(shares, outcome: $0) }
    }

    /// Quadratic in the covariates.
    static func features(_ x: [Double]) -> [Double] {
        var features = [1] + x
        for a in x.indices { for b in a..<x.count { features.append(x[a] * x[b]) } }
        return features
    }
}
