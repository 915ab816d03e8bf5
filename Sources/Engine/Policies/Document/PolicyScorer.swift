import CKernels
import Effects
import Experiments
import Runtime

/// Gives units their arms by a policy document alone.
package struct PolicyScorer: Sendable {
    /// What a unit got.
    package struct Assignment: Sendable, Equatable {
        /// Index into the document's arms.
        package let arms: [UInt8]
        /// Whether the unit keeps a random arm.
        package let heldOut: [Bool]
        /// Nil where the policy does not explore.
        package let exploration: Exploration?
    }

    /// What can be learned from units under a policy that explores.
    package struct Exploration: Sendable, Equatable {
        /// Whether the unit's arm was drawn for the sake of learning.
        package let explored: [Bool]
        /// By arm, one per unit: how probable the arm was for the unit, over all draws, holdout included.
        package let propensities: [[Double]]
    }

    package let document: PolicyDocument
    private let slopes: [Double]
    private let offsets: [Double]

    package init(_ document: PolicyDocument) {
        self.document = document
        guard case .linear(let rule) = document.rule else {
            (slopes, offsets) = ([], [])
            return
        }
        slopes = document.outcomes.map { (rule.weights[$0.name] ?? 0) * $0.direction.sign * $0.scale }
        offsets = document.arms.map { rule.biases[$0] ?? 0 }
    }

    /// The arms of units.
    /// - Parameters:
    ///   - keys: of each unit's id, or of its cluster's, by `AssignmentEntry.splitRule`.
    ///   - covariates: encoded columns in the document's order (effects by models, cohorts and rankings).
    ///   - supplied: raw columns by `ContrastIndex.position`, empty where the weight is 0 (supplied effects).
    ///   - period: the number of the period, for policies that explore anew in each.
    package func assign(
        keys: [UInt64], covariates: [[Float]], supplied: [[Double]], period: Int = 0, context: RunContext
    ) throws -> Assignment {
        let (arms, cohorts) = try choices(
            keys: keys, covariates: covariates, supplied: supplied, context: context)
        return assignment(keys, of: arms, cohorts: cohorts, period: period)
    }

    /// The arms that the policy chooses, nobody held out, and the cohorts of the units; none where the policy has none.
    package func choices(
        keys: [UInt64], covariates: [[Float]], supplied: [[Double]], context: RunContext
    ) throws -> (arms: [UInt8], cohorts: [UInt32]) {
        switch document.rule {
        case .linear(let rule):
            let net = try effects(rule, keys: keys, covariates: covariates, supplied: supplied, context: context)
            return (choose(net, count: keys.count), [])
        case .cohort(let rule):
            let cohorts = try rule.rules.cohorts(of: covariates, unitCount: keys.count, context: context)
            return (draw(keys, rule, cohorts: cohorts), cohorts)
        case .ranking(let rule):
            let scores = try rule.rules.scores(of: covariates, keys: keys, context: context)
            return (target(rule, scores: scores), [])
        }
    }

    /// The fold whose models score a unit.
    func fold(of key: UInt64) -> Int { Int(folds([key], of: document.assignment.foldCount)[0]) }

    /// - Parameter count: the rule's number of folds, or 1 for models that all folds share.
    private func folds(_ keys: [UInt64], of count: Int) -> [UInt8] {
        let rule = document.assignment
        if rule.rule == .md5 { return rule.splitRule.folds(keys).map { $0 % UInt8(count) } }
        let draw = SaltedDraw(seed: rule.seed, salt: rule.salts.fold)
        return keys.map { UInt8(draw.group($0, of: count)) }
    }

    /// Effects net of costs, in units of the outcomes' scales, by `ContrastIndex.position`; parameters as of `assign`.
    package func effects(
        _ rule: PolicyDocument.LinearRule, keys: [UInt64], covariates: [[Float]], supplied: [[Double]],
        context: RunContext
    ) throws -> [[Float]] {
        let outcomes = document.outcomes.count
        let gross: [[Float]]
        switch rule.effects {
        case .models(_, let models):
            gross = try models.estimates(covariates, folds: folds(keys, of: models.foldCount), context: context).columns
        case .columns:
            gross = supplied.enumerated().map { index, raw in
                raw.isEmpty
                    ? Array(repeating: 0, count: keys.count)
                    : SuppliedEffects.scaled(
                        ScaledColumn(centre: 0, scale: 1, values: raw.map { Float($0) }),
                        by: document.outcomes[ContrastIndex(position: index, outcomeCount: outcomes).outcome].scale)
            }
        }
        return ContrastIndex.all(arms: document.arms.count, outcomes: outcomes).map { contrast in
            let outcome = document.outcomes[contrast.outcome]
            let shift =
                PolicyTable.scaledCost(outcome.armCosts[document.arms[contrast.arm]] ?? 0, by: outcome.scale)
                - PolicyTable.scaledCost(outcome.armCosts[document.arms[0]] ?? 0, by: outcome.scale)
            return net(gross[contrast.position(outcomeCount: outcomes)], shift: shift)
        }
    }

    /// - Parameter effects: as `effects` gives them.
    func assign(keys: [UInt64], effects: [[Float]]) -> Assignment {
        assignment(keys, of: choose(effects, count: keys.count))
    }

    /// - Parameter cohorts: as `CohortRules` numbers them; units of none get control.
    func assign(keys: [UInt64], _ rule: PolicyDocument.CohortRule, cohorts: [UInt32]) -> Assignment {
        assignment(keys, of: draw(keys, rule, cohorts: cohorts), cohorts: cohorts)
    }

    /// - Parameter scores: of the units, in the order of their keys.
    func assign(keys: [UInt64], _ rule: PolicyDocument.RankingRule, scores: [Double]) -> Assignment {
        assignment(keys, of: target(rule, scores: scores))
    }

    private func target(_ rule: PolicyDocument.RankingRule, scores: [Double]) -> [UInt8] {
        let arm = UInt8(document.arms.firstIndex(of: rule.arm) ?? 0)
        return scores.map { $0 >= rule.rules.threshold ? arm : 0 }
    }

    private func draw(_ keys: [UInt64], _ rule: PolicyDocument.CohortRule, cohorts: [UInt32]) -> [UInt8] {
        let draw = SaltedDraw(
            seed: document.assignment.seed, salt: document.assignment.salts.cohortArm ?? PolicyDocument.salts.cohortArm)
        return zip(keys, cohorts).map { key, cohort in
            rule.shares.indices.contains(Int(cohort)) ? UInt8(draw.index(key, of: rule.shares[Int(cohort)])) : 0
        }
    }

    /// Gives held-out units random arms by the planned shares, and those that explore by the shares of exploration.
    private func assignment(
        _ keys: [UInt64], of chosen: [UInt8], cohorts: [UInt32] = [], period: Int = 0
    ) -> Assignment {
        let rule = document.assignment
        let holdout = SaltedDraw(seed: rule.seed, salt: rule.salts.holdout)
        let holdoutArm = SaltedDraw(seed: rule.seed, salt: rule.salts.holdoutArm)
        let shares = document.arms.map { rule.shares[$0] ?? 0 }
        let exploration = rule.exploration.map { ExplorationDraw($0, of: document, period: period) }
        var arms = chosen
        var heldOut = [Bool](repeating: false, count: keys.count)
        var explored = heldOut
        for (unit, key) in keys.enumerated() {
            if holdout.uniform(key) < rule.holdout {
                heldOut[unit] = true
                arms[unit] = UInt8(holdoutArm.index(key, of: shares))
            } else if let arm = exploration?.arm(of: key) {
                explored[unit] = true
                arms[unit] = arm
            }
        }
        return Assignment(
            arms: arms, heldOut: heldOut,
            exploration: exploration.map {
                Exploration(explored: explored, propensities: propensities($0, chosen: chosen, cohorts: cohorts))
            })
    }

    /// By arm, one per unit: over the draws of holdout, exploration and split cohorts, which are independent of each other.
    private func propensities(_ exploration: ExplorationDraw, chosen: [UInt8], cohorts: [UInt32]) -> [[Double]] {
        let planned = document.arms.map { document.assignment.shares[$0] ?? 0 }
        let (holdout, total) = (document.assignment.holdout, planned.reduce(0, +))
        let distributions: [[Double]]? = if case .cohort(let rule) = document.rule { rule.shares } else { nil }
        return document.arms.indices.map { arm in
            let heldOut = holdout > 0 ? holdout * planned[arm] / total : 0
            return chosen.indices.map { unit in
                var own = Int(chosen[unit]) == arm ? 1.0 : 0
                if let distributions, distributions.indices.contains(Int(cohorts[unit])) {
                    let shares = distributions[Int(cohorts[unit])]
                    own = shares[arm] / shares.reduce(0, +)
                }
                return heldOut + (1 - holdout) * exploration.propensity(of: arm, policy: own)
            }
        }
    }

    private func choose(_ effects: [[Float]], count: Int) -> [UInt8] {
        let outcomes = document.outcomes.count
        let columns = effects.flatMap { $0 }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            columns.withUnsafeBufferPointer { columns in
                var table = EspalierPolicyTable()
                table.columns = columns.baseAddress
                table.stride = count
                table.arms = Int32(document.arms.count)
                table.outcomes = Int32(outcomes)
                if count > 0 { espalier_choose(&table, slopes, offsets, 0, count, buffer.baseAddress!) }
            }
            initialized = count
        }
    }
}

extension PolicyDocument {
    /// Names of the columns that hold supplied effects, by `ContrastIndex.position`; nil where the weight is 0 or the
    /// effects come from models.
    package var suppliedColumns: [String?] {
        guard case .linear(let rule) = rule, case .columns(let columns) = rule.effects else { return [] }
        return ContrastIndex.all(arms: arms.count, outcomes: outcomes.count).map { contrast in
            let outcome = outcomes[contrast.outcome].name
            return rule.weights[outcome] == 0 ? nil : columns[arms[contrast.arm]]?[outcome]
        }
    }
}
