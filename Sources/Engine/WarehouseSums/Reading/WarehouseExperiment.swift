import Effects
import Experiments
import Runtime
import Warehouses

/// An experiment whose units stay in a warehouse: what is known of it as a whole, a sample of its units, and who answers for the rest
/// in sums.
package struct WarehouseExperiment: Sendable {
    /// With the arms as they were found.
    package let spec: ExperimentSpec
    package let arms: [String]
    /// The sample of tune units (`SplitRule.sample`) that bins and scales are made of, with its notes; digest and counts of what was
    /// left out are those of all rows.
    package let sample: ExperimentReading
    /// As the warehouse's units are encoded.
    package let covariates: [CovariateDescription]
    package let outline: ExperimentOutline
    package let sums: EngineSums
    package let health: HealthReport
    /// Units by arm and part.
    package let counts: [[Int]]
    package let log: QueryLog

    package var unitCount: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    package var confirmCount: Int { counts.reduce(0) { $0 + $1[UnitPart.confirm.rawValue] } }
    package var tuneCount: Int { unitCount - confirmCount }
    package var armCounts: [Int] { counts.map { $0.reduce(0, +) } }
}
