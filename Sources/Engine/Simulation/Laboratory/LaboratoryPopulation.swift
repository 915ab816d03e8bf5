import Allocation
import Runtime
import Statistics

/// The units that policies are judged on: one population for all arms, noise levels and replicates.
package struct LaboratoryPopulation: Sendable {
    let members: [LaboratoryMember]
    /// The true effects: by outcome and arm - 1, of every member.
    let effects: [[[Double]]]

    package init(_ scenario: LaboratoryScenario, units: Int = 100_000, seed: UInt64) {
        var stream = RandomStream(seed: seed, purpose: "laboratory population")
        let members = (0..<units).map { _ in LaboratoryMember(&stream) }
        self.members = members
        let all = members.map { scenario.effects($0) }
        effects = (0..<LaboratoryScenario.outcomeCount).map { outcome in
            (1..<LaboratoryScenario.armCount).map { arm in all.map { $0[arm - 1][outcome] } }
        }
    }

    /// The true mean effects of a policy, by outcome, in control means.
    /// - Parameter shares: a member's shares of all arms.
    func values(_ shares: (Int) -> [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: effects.count)
        for member in members.indices {
            let shares = shares(member)
            for outcome in effects.indices {
                for arm in effects[outcome].indices where shares[arm + 1] > 0 {
                    sums[outcome] += shares[arm + 1] * effects[outcome][arm][member]
                }
            }
        }
        return sums.map { $0 / Double(members.count) }
    }

    /// The best that can be done knowing every member's effects, and the limits' prices.
    /// - Throws: `EspalierError`.
    package func oracle(context: RunContext = RunContext()) throws -> LaboratoryOracle {
        let problem = try MemberProblem(
            effects: MemberEffects(
                armCount: LaboratoryScenario.armCount, columns: effects.flatMap { $0.map { $0.map { Float($0) } } }),
            limits: LaboratoryTrial.limits)
        guard let solution = try MemberAllocation(problem).solve(context: context).solution else {
            throw EspalierError(.internal, "control breaks the laboratory's limits", remedy: "report it")
        }
        return LaboratoryOracle(value: solution.objective, prices: solution.prices)
    }
}

/// The best value of the objective, and what it gains per unit by which a limit yields.
package struct LaboratoryOracle: Sendable, Equatable {
    package let value: Double
    package let prices: [Double]

    package init(value: Double, prices: [Double]) {
        self.value = value
        self.prices = prices
    }
}
