import Online
import Runtime

/// Plans a round of an online test, writes its file and keeps the plan for reading the results.
package struct PlanRound: StudyOperation {
    package static let kind = "online.plan"

    package let request: PlanRequest
    /// Where the plan was written, as it was named; `-` is standard output.
    package let path: String
    /// Name and version, for the plan's provenance. Neither it nor how the file is put in its place is kept: a replay writes no file.
    private let tool: String
    private let write: @Sendable (OnlinePlan) throws -> Void

    package init(
        _ request: PlanRequest, path: String, tool: String, write: @escaping @Sendable (OnlinePlan) throws -> Void
    ) {
        self.request = request
        self.path = path
        self.tool = tool
        self.write = write
    }

    private enum CodingKeys: String, CodingKey {
        case request, path
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        request = try container.decode(PlanRequest.self, forKey: .request)
        path = try container.decode(String.self, forKey: .path)
        tool = ""
        write = { _ in }
    }

    package static func == (a: PlanRound, b: PlanRound) -> Bool { (a.request, a.path) == (b.request, b.path) }

    /// The outcome is the plan. Estimating the best single arm on confirm is a look, once for a fit.
    /// - Throws: `EspalierError` (.usage) for a request that makes no plan; whatever `write` throws; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<OnlinePlan> {
        let round = 1 + (try study.file.read { try $0.count(ofEntries: Self.kind) })
        let (plan, look) = try study.onlinePlan(request, round: round, tool: tool, context: context)
        try write(plan)
        let path = path
        return StudyChange { transaction in
            if let look { try transaction.countLook(at: .confirm, "online plan", of: look) }
            try transaction.keep(plan, number: round)
            return plan
        } decide: { _, decisions in
            Decided(
                decisions.deciding { $0.plan = OnlineDecisions.Plan(number: round, path: path) },
                step: History.Step(name: "plan round \(round)", before: decisions))
        }
    }
}
