import Policies
import Runtime

/// The search past some millions of units: on a random sample of them, which grows as the front narrows, and then everything
/// that it recommends is measured on all units.
///
/// What a sample errs by, all policies err by alike to a large part, and what is left changes which of two near neighbours is
/// kept, not where the front runs; the values shown are those of all units.
package struct SampledSearch: Sendable {
    /// Up to so many units all of them are searched.
    package static let mostUnits = 2_000_000

    /// A part of the search: on how many units, and with which share of the evaluations.
    package struct Stage: Sendable {
        package let units: Int
        package let share: Double

        package init(units: Int, share: Double) {
            self.units = units
            self.share = share
        }
    }

    private static let standard = [Stage(units: 200_000, share: 0.8), Stage(units: 800_000, share: 0.2)]

    private let evaluator: PolicyEvaluator
    private let grids: ParameterGrids
    private let settings: SearchSettings
    private let stages: [Stage]

    /// - Parameters:
    ///   - evaluator: of all tune units, on one thread.
    ///   - stages: of growing samples, their shares adding up to 1; nil takes all units where there are not too many.
    package init(
        evaluator: PolicyEvaluator, grids: ParameterGrids, settings: SearchSettings, stages: [Stage]? = nil
    ) {
        self.evaluator = evaluator
        self.grids = grids
        self.settings = settings
        self.stages = stages ?? (evaluator.units.count > Self.mostUnits ? Self.standard : [])
    }

    /// The whole search; as `PolicySearch` has it where no sample is taken, and where all that the samples recommend breaks a
    /// threshold.
    /// - Throws: `CancellationError`.
    package func runTraced(
        from starts: [PolicyKnobs] = [], reference: [Double], context: RunContext
    ) throws -> (front: ParetoFront, trace: [TracePoint]) {
        let whole = PolicySearch(evaluator: evaluator, grids: grids, settings: settings)
        guard !stages.isEmpty else {
            return try whole.runTraced(from: starts, reference: reference, context: context)
        }
        var known = starts
        var trace: [TracePoint] = []
        for stage in stages {
            var own = settings
            own.evaluations = max(1, Int(stage.share * Double(settings.evaluations)))
            let search = PolicySearch(evaluator: evaluator.sampled(stage.units), grids: grids, settings: own)
            let found = try search.runTraced(from: known, reference: reference, context: context)
            known = starts + found.front.points.map(\.knobs)
            trace = Self.joined(trace, found.trace)
        }
        let measured = try whole.begin(from: known, reference: reference, context: context)
        let front = whole.front(of: measured)
        guard !front.points.isEmpty else {
            return try whole.runTraced(from: starts, reference: reference, context: context)
        }
        return (front, Self.joined(trace, measured.trace))
    }

    /// The trace of a search that goes on where another ended.
    private static func joined(_ first: [TracePoint], _ second: [TracePoint]) -> [TracePoint] {
        guard let last = first.last else { return second }
        return first
            + second.map {
                TracePoint(
                    evaluations: last.evaluations + $0.evaluations, seconds: last.seconds + $0.seconds,
                    hypervolume: $0.hypervolume, policies: $0.policies)
            }
    }
}
