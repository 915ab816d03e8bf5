import Experiments
import Foundation
import Online
import Runtime
import Studies
import Texts

extension WorkKind {
    static let roundsFit = WorkKind("rounds fit", rank: 5, words: "the fit of log and rounds")
}

/// Plans a first experiment by a spec, and writes its plan; the study has no part in it.
struct PlanFirst: WorkbenchQuery {
    static let needsUnits = false
    private let spec: String
    private let users: Int
    private let path: String
    private let services: WorkbenchServices

    init(_ spec: String, users: Int, to path: String, _ services: WorkbenchServices) {
        self.spec = spec
        self.users = users
        self.path = path
        self.services = services
    }

    static var work: WorkKind { .onlineFile }
    static var isReplaceable: Bool { false }
    static var isReplayed: Bool { false }

    func run(_ study: Study, _ context: RunContext) throws -> OnlinePlan {
        let spec = services.place(spec)
        let plan = try OnlinePlan.first(
            ExperimentSpec.read(at: spec), users: users, power: PlanRequest().power, file: spec, tool: services.tool)
        try services.write(plan.json(), to: path)
        return plan
    }

    func take(_ plan: OnlinePlan, in state: inout WorkbenchState) -> [Work] {
        state.message =
            "\(plan.policies.count) arms for \(NumberText.grouped(plan.unitCount)) units are planned in \(path); fit the spec on "
            + "what comes back"
        return []
    }
}

/// Fits the log and all rounds that count as another study, which holds everything else of this one (METHODS 8.4). The study that is
/// open stays as it is: what is shown goes on to rest on its own fit.
struct FitRounds: WorkbenchQuery {
    private let path: String
    private let services: WorkbenchServices

    init(_ path: String, _ services: WorkbenchServices) {
        self.path = path
        self.services = services
    }

    static var work: WorkKind { .roundsFit }
    static var isReplayed: Bool { false }

    /// - Returns: units of the rounds.
    func run(_ study: Study, _ context: RunContext) throws -> Int {
        let fit = { try StudyFit.pooling(study, context: context) }
        let fitted = try StudyBeside.write(path, of: study, services, fit, workers: context.workers)
        return fitted.description.pooled?.unitCount ?? 0
    }

    func take(_ units: Int, in state: inout WorkbenchState) -> [Work] {
        state.message =
            "the log and \(NumberText.grouped(units)) units of rounds are fitted in \(path): `espalier \(path)` shows old and new "
            + "estimates of the candidates"
        return []
    }
}
