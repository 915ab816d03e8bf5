import Allocation
import Runtime
import Statistics

/// The units that policies are judged on: one population for all arms, noise levels and replicates.
package struct LaboratoryPopulation: Sendable {
    /// Encoded covariates, one column each.
    let columns: [[Float]]
    /// The true effects: by outcome and arm - 1, of every unit.
    let effects: [[[Float]]]
    private let limits: [AllocationLimit]

    /// - Parameter units: 10,000 keep the error of values, which all policies share, at about 2% in the bundled scenarios.
    package init(_ world: some LaboratoryWorld, units: Int = 10_000, seed: UInt64) {
        var stream = RandomStream(seed: seed, purpose: "laboratory population")
        // Neither covariates nor effects depend on the noise level.
        let drawn = world.draw(units, noiseLevel: 0, &stream)
        columns = drawn.columns
        effects = drawn.effects
        limits = world.limits
    }

    var count: Int { effects[0][0].count }
    var armCount: Int { effects[0].count + 1 }

    /// The true mean effects of a policy, by outcome, in control means.
    /// - Parameters:
    ///   - groups: of every unit.
    ///   - shares: of all arms, by group.
    func values(groups: [Int32], shares: [[Double]]) -> [Double] {
        effects.map { byArm in
            var sum = 0.0
            for (arm, effects) in byArm.enumerated() {
                let own = shares.map { $0[arm + 1] }
                for (unit, group) in groups.enumerated() { sum += own[Int(group)] * Double(effects[unit]) }
            }
            return sum / Double(count)
        }
    }

    /// The best that can be done knowing every unit's effects, and the limits' prices.
    /// - Throws: `EspalierError`: limits that cannot be kept.
    package func oracle(context: RunContext = RunContext()) throws -> LaboratoryOracle {
        let problem = try MemberProblem(
            effects: MemberEffects(armCount: armCount, columns: effects.flatMap { $0 }), limits: limits)
        guard let solution = try MemberAllocation(problem).solve(context: context).solution else {
            throw EspalierError(
                .data, "no policy keeps the limits, even knowing every unit's effects", remedy: "loosen them")
        }
        return LaboratoryOracle(value: solution.objective, prices: solution.prices)
    }
}

/// The best value of the objective, and what it gains per unit by which a limit yields.
package struct LaboratoryOracle: Sendable, Equatable {
    package let value: Double
    /// By limit.
    package let prices: [Double]

    package init(value: Double, prices: [Double]) {
        self.value = value
        self.prices = prices
    }
}
