import Allocation
import Runtime

/// A world of the simulation laboratory (S0 figures; METHODS 4.7): what three arms do to three outcomes of a unit with the
/// covariates H1 to H4.
package enum LaboratoryScenario: String, Sendable, Codable, CaseIterable {
    /// One arm is best for everybody on everything.
    case one = "1"
    /// Objective and limits pull apart.
    case two = "2"
    /// Scenario 2 with effects of a tenth.
    case twoSmall = "2s"

    package static let armCount = 4
    package static let outcomeCount = 3
    /// Names of the objective and of the limited outcomes.
    package static let outcomes = ["Y1", "Y2", "Y3"]
    /// What effects are measured by: the true means under control.
    package static let controlMeans = [3.0, 3, 13.5]
    /// The least that Y2 and Y3 may change, in control means.
    package static let threshold = -0.1

    /// w1 to w6 of every arm but control:
    /// Y1 gains w1 H2² + w2 H3² + w3 H4², Y2 gains w4 H3² + w5 H4, Y3 gains w6 H1².
    var weights: [[Double]] {
        switch self {
        case .one:
            [
                [0.12, 0.12, 0.12, 0.2, 0.2, 40], [0.1, 0.08, 0.11, 0.15, 0.1, 30],
                [0.11, 0.05, 0.06, 0.1, 0.05, 20],
            ]
        case .two:
            [
                [1.5855288, 0.5465028, 0.6300986, -0.919322, -0.1293721, 0.3168998],
                [1.709466, 1.6058875, -0.2761841, -0.1162478, 0.0202165, -1.3863575],
                [0.8906967, -0.817956, -0.2841597, 1.817312, -1.250532, -0.8315776],
            ]
        case .twoSmall: Self.two.weights.map { $0.map { $0 / 10 } }
        }
    }

    /// The true effects of every arm but control on a unit, outcome after outcome, in control means.
    func effects(_ member: LaboratoryMember) -> [[Double]] {
        let squares = member.covariates.map { $0 * $0 }
        return weights.map { w in
            let gains = [
                w[0] * squares[1] + w[1] * squares[2] + w[2] * squares[3],
                w[3] * squares[2] + w[4] * member.covariates[3], w[5] * squares[0],
            ]
            return zip(gains, Self.controlMeans).map { $0 / $1 }
        }
    }

    /// The true mean effects of every arm but control, in control means.
    ///
    /// H1 ~ N(.5, 1), H2 ~ N(2 H1², 2.5), H3 ~ N(2 H1 + 1.4 H2, 2), H4 ~ N(-.5 + .7 H3 + .3 H2, 1) give
    /// E H1² = 1.25, E H2² = 24.5, E H3² = 75.22, E H4² = 53.5488 and E H4 = 3.4.
    package var meanEffects: [[Double]] {
        weights.map { w in
            let gains = [
                w[0] * 24.5 + w[1] * 75.22 + w[2] * 53.5488, w[3] * 75.22 + w[4] * 3.4, w[5] * 1.25,
            ]
            return zip(gains, Self.controlMeans).map { $0 / $1 }
        }
    }

    /// The best that one lottery for everybody can truly do.
    /// - Throws: `EspalierError` (.internal).
    package func mixture() throws -> AllocationSolution {
        let problem = try AllocationProblem(
            armCount: Self.armCount, sizes: [1],
            outcomes: Self.outcomes.enumerated().map { outcome, name in
                OutcomeEffects(name: name, means: [0] + meanEffects.map { $0[outcome] })
            }, limits: LaboratoryTrial.limits)
        guard let solution = try LinearAllocation.solve(problem).solution else {
            throw EspalierError(.internal, "control breaks the laboratory's limits", remedy: "report it")
        }
        return solution
    }
}
