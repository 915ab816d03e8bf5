import Allocation
import Effects
import Experiments
import Statistics

/// Where experiments of the laboratory come from: units with covariates, outcomes under control and the true effects of every
/// arm. Outcomes are oriented (more is better) and measured by their means under control.
package protocol LaboratoryWorld: Sendable {
    var name: String { get }
    /// Control first.
    var arms: [String] { get }
    /// The objective first.
    var outcomeNames: [String] { get }
    /// The least change of every outcome against control; nil without a limit.
    var thresholds: [Double?] { get }
    var covariates: [CovariateDescription] { get }
    /// What effects are measured by, in the outcomes' own units.
    var controlMeans: [Double] { get }
    /// The true mean effects of every arm but control: by arm - 1, then by outcome.
    var meanEffects: [[Double]] { get }

    /// - Parameter noiseLevel: W of METHODS 4.7, where the world knows levels.
    func draw(_ count: Int, noiseLevel: Double, _ stream: inout RandomStream) -> LaboratoryUnits
}

extension LaboratoryWorld {
    package var limits: [AllocationLimit] {
        thresholds.enumerated().compactMap { outcome, threshold in
            threshold.map { AllocationLimit(outcome: outcome, sense: .atLeast, threshold: $0) }
        }
    }

    /// The best that one lottery for everybody can truly do; nil where the limits cannot be kept.
    /// - Throws: `EspalierError` (.internal).
    package func mixture() throws -> AllocationSolution? {
        let problem = try AllocationProblem(
            armCount: arms.count, sizes: [1],
            outcomes: outcomeNames.enumerated().map { outcome, name in
                OutcomeEffects(name: name, means: [0] + meanEffects.map { $0[outcome] })
            }, limits: limits)
        return try LinearAllocation.solve(problem).solution
    }
}

/// Units of a world.
package struct LaboratoryUnits: Sendable {
    /// Encoded covariates, one column each.
    package let columns: [[Float]]
    /// By outcome: what each unit shows under control.
    package let control: [[Float]]
    /// By outcome and arm - 1: what the arm adds.
    package let effects: [[[Float]]]

    package var count: Int { control.first?.count ?? 0 }
}
