import Policies
import Runtime

/// What `ProfileKnob` brings, from a sample of the units: there within a frame where all of them take longer.
package struct SampleKnob: StudyQuery {
    package static let needsUnits = false

    /// Units of the sample.
    package static let unitCount = 65_536
    /// From so many units on a curve of all of them takes longer than a frame.
    package static let leastUnits = 1_000_000

    package let exact: ProfileKnob

    package init(_ exact: ProfileKnob) { self.exact = exact }

    package func run(_ study: Study, _ context: RunContext) throws -> ParameterProfile {
        let evaluator = try study.workspace.evaluator(.tune, exact.estimator, workers: context.workers)
        return ParameterProfile(
            of: exact.knob, from: exact.knobs, grid: study.workspace.grids[exact.knob].values,
            evaluator: evaluator.sampled(Self.unitCount))
    }
}
