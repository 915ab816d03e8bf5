import Experiments
import Online
import Policies
import Runtime
import Statistics

/// What a round is to be planned with.
package struct PlanRequest: Sendable, Equatable, Codable {
    /// An outcome that the log does not have, such as one that takes a quarter to be known.
    package struct LongTerm: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction

        package init(name: String, direction: Direction) {
            self.name = name
            self.direction = direction
        }
    }

    /// Ids; nil takes the picks.
    package var candidates: [Int]?
    /// For each policy.
    package var users = 5_000
    package var slice = 0.0
    package var power = 0.8
    package var longTerm: [LongTerm] = []
    /// How users are shared; nil shares them equally.
    package var shares: ShareRule?

    package init() {}
}

extension Study {
    /// A round of the chosen candidates beside control and the best single arm.
    /// - Parameter round: number of the plan, from 1, which salts its draws.
    /// - Returns: the plan, and whether the best single arm was looked at on confirm.
    /// - Throws: `EspalierError` (.usage) for a request that makes no plan; `CancellationError`.
    func onlinePlan(
        _ request: PlanRequest, round: Int, tool: String, context: RunContext
    ) throws -> (plan: OnlinePlan, look: LookSubject?) {
        func refuse(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.usage, message, file: file.path, remedy: remedy)
        }
        guard description.spec.splits.rule != .md5 else {
            throw refuse(
                "the study splits its units by md5, and the draws of an online test are by the other rule",
                "fit the spec without rule: md5")
        }
        let shown = try file.candidates()
        let chosen = try request.candidates.map { try $0.map { try file.candidate($0) } } ?? shown.filter(\.isPicked)
        guard !chosen.isEmpty else {
            throw refuse("no candidate is picked", "pick some with `espalier pick`, or name them with --candidate")
        }
        guard Set(chosen.map(\.id)).count == chosen.count else {
            throw refuse("a candidate is named twice", "name each once")
        }
        let names = space.outcomes.map(\.name) + request.longTerm.map(\.name)
        guard Set(names).count == names.count else {
            throw refuse("an outcome is named twice", "give long-term outcomes names that the log does not have")
        }
        let bestArm = space.bestArm(weights: PolicyKnobs.start(in: space).weights)
        let confirms = description.hasConfirm && chosen.allSatisfy { $0.confirm != nil }
        let everyone = Policy.linear(.everyone(arm: bestArm, in: space))
        let armEvaluation = try workspace.evaluator(confirms ? .confirm : .tune, workers: context.workers)
            .evaluate(everyone, weights: PolicyKnobs.start(in: space).weights)
        var entries = [
            OnlinePlan.Entry(id: OnlinePlan.controlID, name: OnlinePlan.controlID, share: 0, arm: space.arms[0])
        ]
        if bestArm > 0 {
            let arm = space.arms[bestArm]
            entries.append(
                OnlinePlan.Entry(
                    id: "arm-\(arm)", name: "everyone \(arm)", share: 0, arm: arm,
                    offline: Self.promises(armEvaluation)))
        }
        for candidate in chosen {
            entries.append(
                OnlinePlan.Entry(
                    id: candidate.name, name: candidate.name, candidate: candidate.id, share: 0,
                    policy: try document(of: candidate, holdout: 0, tool: tool, context: context),
                    offline: Self.promises(candidate.confirm ?? candidate.tune)))
        }
        let spec = description.spec
        let shares = try shares(of: entries, by: request.shares, seed: spec.splits.seed &+ UInt64(round))
        entries = zip(entries, shares).map { $0.sharing($1) }
        let unit: String? = if case .column(let column) = spec.unit { column } else { nil }
        let plan = try OnlinePlan(
            name: spec.name, arms: space.arms, outcomes: planOutcomes(request), policies: entries,
            users: request.users, slice: request.slice,
            assignment: OnlinePlan.Draws(
                seed: spec.splits.seed, salt: "online round \(round)",
                shares: Dictionary(zip(space.arms, description.plannedShares)) { first, _ in first }, unit: unit,
                cluster: spec.cluster), power: request.power,
            provenance: PolicyDocument.Provenance(
                tool: tool, specDigest: try description.specDigest(), dataDigest: description.dataDigest.sha256,
                seed: spec.splits.seed, candidate: nil,
                caveats: description.caveats.flatMap { $0.isEmpty ? nil : $0 }))
        return (plan, bestArm > 0 && confirms ? try LookSubject(everyone) : nil)
    }

    private func planOutcomes(_ request: PlanRequest) -> [OnlinePlan.Outcome] {
        let logged = space.outcomes.enumerated().map { j, outcome in
            let declared = description.spec.outcomes.first { $0.name == outcome.name }
            let costs = space.arms.indices.map { (space.arms[$0], description.armCosts[$0][j]) }.filter { $0.1 != 0 }
            return OnlinePlan.Outcome(
                name: outcome.name, direction: outcome.direction, source: declared?.source ?? .column(outcome.name),
                missing: declared?.missing, threshold: outcome.threshold,
                armCosts: Dictionary(costs) { first, _ in first }, isInLog: true,
                spread: outcome.scale * workspace.table.controlSpread(outcome: j), index: outcome.indexError?.rule)
        }
        let later = request.longTerm.map {
            OnlinePlan.Outcome(name: $0.name, direction: $0.direction, source: .column($0.name), isInLog: false)
        }
        return logged + later
    }

    private static func promises(_ evaluation: PolicyEvaluation?) -> [OnlinePlan.Promise] {
        guard let evaluation else { return [] }
        return evaluation.outcomes.compactMap { outcome in
            guard let difference = outcome.difference, let error = difference.standardError else { return nil }
            return OnlinePlan.Promise(
                outcome: outcome.name, split: evaluation.split, value: difference.value, standardError: error)
        }
    }
}
