import Experiments
import Online
import Policies
import Runtime
import Texts

/// What the policies of a plan give units, whether or not they were in them.
struct ArmsGiven: Sendable {
    /// By policy of the plan, and then by arm: the probability of each unit.
    let probabilities: [[[Float]]]

    /// - Parameters:
    ///   - covariates: as the study encodes them.
    ///   - effects: of the study's fit, scaled and gross.
    /// - Throws: `EspalierError` (.usage) for a policy that is no candidate of the study; `CancellationError`.
    init(
        _ study: Study, _ plan: OnlinePlan, covariates: [[Float]], effects: [[Float]], keys: [UInt64],
        _ context: RunContext
    ) throws {
        let columns = EffectColumns(study.space, study.netEffects(effects), unitCount: keys.count)
        let armCount = study.space.armCount
        probabilities = try plan.policies.map { entry in
            if let name = entry.arm, let arm = plan.arms.firstIndex(of: name) {
                return Self.one(Array(repeating: UInt8(arm), count: keys.count), armCount)
            }
            guard let id = entry.candidate else {
                throw EspalierError(
                    .data, "the policy \(DisplayText.quoted(entry.id)) of the plan is no candidate",
                    file: study.file.path, remedy: "read the results into the study that the plan was made from")
            }
            switch try study.file.candidate(id).policy {
            case .linear(let policy): return Self.one(columns.arms(policy), armCount)
            case .cohort(let policy):
                let cohorts = try study.cohortRules(policy).cohorts(
                    of: covariates, unitCount: keys.count, context: context)
                return (0..<armCount).map { arm in
                    cohorts.map { cohort in
                        policy.shares.indices.contains(Int(cohort))
                            ? Float(policy.shares[Int(cohort)][arm]) : arm == 0 ? 1 : 0
                    }
                }
            case .ranking(let policy):
                let rules = try study.rankingRules(policy)
                let scores = try rules.scores(of: covariates, keys: keys, context: context)
                return Self.one(scores.map { $0 >= rules.threshold ? UInt8(policy.arm) : 0 }, armCount)
            }
        }
    }

    private static func one(_ arms: [UInt8], _ armCount: Int) -> [[Float]] {
        (0..<armCount).map { arm in arms.map { Int($0) == arm ? 1 : 0 } }
    }

    /// Of every arm under the plan, whatever policy a unit was in (METHODS 8.1).
    func propensities(_ plan: OnlinePlan) -> [[Float]] {
        let planned = plan.plannedShares
        let total = planned.reduce(0, +)
        return plan.arms.indices.map { arm in
            var column = [Float](
                repeating: Float(plan.slice * planned[arm] / total), count: probabilities[0][arm].count)
            for (entry, given) in zip(plan.policies, probabilities) {
                let share = Float((1 - plan.slice) * entry.share)
                for unit in column.indices { column[unit] += share * given[arm][unit] }
            }
            return column
        }
    }

    /// - Throws: `EspalierError` (.data) where units got arms that their policy never gives them.
    func check(_ rows: RoundRows, plan: OnlinePlan, file: String) throws {
        guard let arms = rows.arms else { return }
        var wrong = 0
        for (unit, arm) in arms.enumerated() where Int(rows.policies[unit]) < probabilities.count {
            if probabilities[Int(rows.policies[unit])][Int(arm)][unit] <= 0 { wrong += 1 }
        }
        guard wrong == 0 else {
            throw EspalierError(
                .data,
                "\(NumberText.grouped(wrong)) of \(NumberText.grouped(arms.count)) units got arms that their policy does not "
                    + "give them", file: file,
                remedy:
                    "give the covariates that the units had when they were assigned, or find out who changed their arms"
            )
        }
    }

    /// The arm of each unit where its policy gives one for sure; nil for units that drew.
    func arms(_ rows: RoundRows) -> [UInt8]? {
        if let arms = rows.arms { return arms }
        let known = rows.policies.enumerated().map { unit, policy -> UInt8? in
            guard Int(policy) < probabilities.count else { return nil }
            return probabilities[Int(policy)].firstIndex { $0[unit] == 1 }.map { UInt8($0) }
        }
        let all = known.compactMap { $0 }
        return all.count == known.count ? all : nil
    }
}
