import Allocation
import Policies
import Runtime

/// The objective of the linear programme as one limit moves and the others stay.
package struct TraceLimit: StudyQuery {
    package static let needsUnits = false

    package let request: AllocationRequest
    /// Index into the study's outcomes; an outcome without a limit gets one that does not bind.
    package let outcome: Int

    private static let pointCount = 41

    package init(_ request: AllocationRequest, outcome: Int) {
        self.request = request
        self.outcome = outcome
    }

    /// - Returns: nil where the other limits cannot all be kept.
    package func run(_ study: Study, _ context: RunContext) throws -> LimitCurve? {
        var limits = try request.limits(in: study.space)
        if !limits.contains(where: { $0.outcome == outcome }),
            let rule = LimitRule(.absolute(-1e9), sign: study.space.outcomes[outcome].sign)
        {
            limits.append(StudyLimit(outcome: outcome, rule: rule, threshold: -1e9))
        }
        guard let place = limits.firstIndex(where: { $0.outcome == outcome }) else { return nil }
        let workspace = try study.allocationWorkspace(request, context)
        return try LimitCurve(of: workspace.problem(limits), along: place, count: Self.pointCount)
    }
}
